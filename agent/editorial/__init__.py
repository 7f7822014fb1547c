"""What an editor decides and code can explain: which papers lead an issue, what is counted, what has changed."""
