"""Writes a language model of random weights, small enough to be made anew by every run of the tests.

    python -m tests.llamacpp.model FILE

It says nothing, but it is a llama to whoever loads it: two layers, 64 dimensions, some 360 tokens, 0.5 MB. Random
weights hardly ever end a sentence or a list, so this model has a taste: some phrases, and the signs that end things,
are likelier than others. Where a JSON schema narrows what it may say, its answers are so plain that some of them hold.
"""

from __future__ import annotations

import itertools
import sys

import gguf
import numpy as np

LAYERS, WIDTH, INNER, HEADS, CONTEXT = 2, 64, 128, 4, 32_768
PHRASES = ('"models of vision and language', '"recent models show abilities', '"in the end it is of use')
"""What most papers say, and what none does.

Each begins with the quote that opens it: where a schema holds, a string that is begun can only go on or end. None is
longer than 32 bytes, as llama-cpp-python drops such tokens.
"""
TASTE = {**dict.fromkeys(PHRASES, 10.0), '"': 8.0, "</s>": 10.0, "1]": 6.0, "]": 4.0, "}": 4.0}
"""How much likelier than others a token is, as a logit; else they differ by about a half."""
PAIRS = ["".join(pair) for pair in itertools.product("aeinorst ", repeat=2)] + [" " * 4, " " * 8]
"""Pieces that make a prompt shorter, so that it is read in a second and not in a minute."""
CARRIER = 8.0
"""What the first dimension of every token holds. No layer writes to it, so the output reads a constant there."""


def write(path: str) -> None:
    """Writes the model as GGUF (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md)."""
    tokens = _vocabulary()
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("llama")
    writer.add_token_list([token.replace(" ", "▁") for token in tokens])
    writer.add_token_types([*tokens.values()])
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    for name, weights in _weights([*tokens]).items():
        writer.add_tensor(name, weights.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _vocabulary() -> dict[str, gguf.TokenType]:
    """Three signs, all bytes, so that any text can be written, and the pieces."""
    signs = {"<unk>": gguf.TokenType.UNKNOWN, "<s>": gguf.TokenType.CONTROL, "</s>": gguf.TokenType.CONTROL}
    data = {f"<0x{byte:02X}>": gguf.TokenType.BYTE for byte in range(256)}
    pieces = dict.fromkeys([*TASTE, *PAIRS], gguf.TokenType.NORMAL)
    return signs | data | pieces


def _weights(tokens: list[str]) -> dict[str, np.ndarray]:
    chance = np.random.default_rng(7)

    def normal(rows: int, columns: int) -> np.ndarray:
        return chance.standard_normal((rows, columns)) / np.sqrt(columns)

    weights = {
        "token_embd.weight": normal(len(tokens), WIDTH) * np.sqrt(WIDTH),
        "output_norm.weight": np.ones(WIDTH),
        "output.weight": normal(len(tokens), WIDTH) / 2,
    }
    for layer in range(LAYERS):
        weights |= {f"blk.{layer}.{name}_norm.weight": np.ones(WIDTH) for name in ("attn", "ffn")}
        weights |= {f"blk.{layer}.attn_{name}.weight": normal(WIDTH, WIDTH) for name in ("q", "k", "v", "output")}
        weights |= {f"blk.{layer}.ffn_{name}.weight": normal(INNER, WIDTH) for name in ("gate", "up")}
        weights[f"blk.{layer}.ffn_down.weight"] = normal(WIDTH, INNER)
        for name in ("attn_output", "ffn_down"):
            weights[f"blk.{layer}.{name}.weight"][0] = 0.0
    weights["token_embd.weight"][:, 0] = CARRIER
    # After the last norm the carrier is near 5; the layers have made the other dimensions grow a little.
    weights["output.weight"][:, 0] = [TASTE.get(token, 0.0) / 5 for token in tokens]
    return weights


if __name__ == "__main__":
    write(sys.argv[1])
