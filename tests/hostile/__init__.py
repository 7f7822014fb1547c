"""Papers that somebody wrote to steer the model, and a model that does what they say.

`CASES` are the attacks, `plant` puts one into a paper, `ObedientModel` obeys it, `harm` and
`harm_in` list what of it was published.
"""

from tests.hostile.case import Case
from tests.hostile.cases import CASES
from tests.hostile.obedient import ObedientModel, quoted, said
from tests.hostile.papers import HONEST, plant
from tests.hostile.published import harm, harm_in

__all__ = ["CASES", "HONEST", "Case", "ObedientModel", "harm", "harm_in", "plant", "quoted", "said"]
