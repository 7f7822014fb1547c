"""Serves a model with llama-cpp-python's own server, at a socket that is handed over.

    python -m tests.llamacpp.serve FILE DESCRIPTOR [--schemas]

It runs in an environment of its own, so that nothing of it comes between digest and its libraries.
"""

from __future__ import annotations

import argparse
import json
import socket
from typing import Any

import uvicorn
from llama_cpp.server.app import create_app
from llama_cpp.server.settings import ModelSettings, ServerSettings


def main() -> None:
    """Serves until it is told to end."""
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("descriptor", type=int)
    parser.add_argument("--schemas", action="store_true", help="understand `json_schema`")
    given = parser.parse_args()
    # 0: as much context as the model has.
    model = ModelSettings(model=given.model, n_ctx=0, verbose=False)
    app = create_app(server_settings=ServerSettings(), model_settings=[model])
    server = uvicorn.Server(uvicorn.Config(_understanding(app) if given.schemas else app))
    server.run(sockets=[socket.socket(fileno=given.descriptor)])


def _understanding(app: Any) -> Any:
    """The application, told of a JSON schema where it looks for one.

    The library holds a model to a schema, but its server knows only the `json_object` from before OpenAI's
    `json_schema`: https://github.com/ggml-org/llama.cpp/issues/23463
    """

    async def translated(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            return await app(scope, receive, send)
        request = json.loads(await _body(receive))
        asked = request.get("response_format") or {}
        if asked.get("type") == "json_schema":
            request["response_format"] = {"type": "json_object", "schema": asked["json_schema"]["schema"]}
        message = [{"type": "http.request", "body": json.dumps(request).encode()}]

        async def replaced() -> Any:
            return message.pop() if message else await receive()

        return await app(scope, replaced, send)

    return translated


async def _body(receive: Any) -> bytes:
    """The whole body of a request."""
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return body


if __name__ == "__main__":
    main()
