"""nomenklatura's logic-v2 as a process: a line ``["a", "b"]`` in, score and time out.

Run by the Python of a virtual environment of its own (MIT, from PyPI); never imported
here. Every entity has a fresh id: under an id used before a cached score is given.
"""

import json
import sys
import time
from uuid import uuid4

from followthemoney import ValueEntity, model
from nomenklatura.matching.logic_v2.model import LogicV2


def main() -> None:
    config, person = LogicV2.default_config(), model.get("Person")
    for line in sys.stdin:
        start = time.process_time()
        entities = []
        for name in json.loads(line):
            entity = ValueEntity(person, {"id": uuid4().hex})
            entity.add("name", name)
            entities.append(entity)
        score = float(LogicV2.compare(*entities, config).score)
        print(json.dumps([score, time.process_time() - start]), flush=True)


if __name__ == "__main__":
    main()
