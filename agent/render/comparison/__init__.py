"""An answer across papers: composed into words once, then shown in a terminal, Markdown, CSV or HTML."""
