"""Answers questions about Python's socket.makefile. A batch of lines ends with an empty one; each line has one answer.

"r|bytes|newline|errors|calls": the peer sends the bytes and closes; calls are l (readline()), lN (readline(N)), rN (read(N)),
e (read()), with a space between them. The answer: what each gave, with commas. "rb|…" is the same of a binary file.
"w|text|newline|errors": the answer is what the peer received. Bytes, text and answers in hex (text as UTF-8 with surrogates as
characters), newline in hex or None. What raises UnicodeError is answered with "error"."""
import socket
import sys


def call(file, text):
    if text == "e":
        return file.read()
    arguments = [int(text[1:])] if len(text) > 1 else []
    return (file.readline if text[0] == "l" else file.read)(*arguments)


def answer(line):
    kind, data, newline, errors = line.split("|")[:4]
    data, newline = bytes.fromhex(data), None if newline == "None" else bytes.fromhex(newline).decode()
    near, far = socket.socketpair()
    with near, far:
        if kind != "w":
            far.sendall(data)
            far.close()
            with near.makefile(kind, encoding="utf-8", errors=errors, newline=newline) as file:
                values = [call(file, text) for text in line.split("|")[4].split()]
            return ",".join((v if kind == "rb" else v.encode("utf-8", "surrogatepass")).hex() for v in values)
        with near.makefile(kind, encoding="utf-8", errors=errors, newline=newline) as file:
            file.write(data.decode("utf-8", "surrogatepass"))
        near.close()
        with far.makefile("rb") as file:
            return file.read().hex()


while True:
    batch = []
    for line in sys.stdin:
        if line == "\n":
            break
        batch.append(line.rstrip("\n"))
    else:
        break
    answers = []
    for line in batch:
        try:
            answers.append(answer(line))
        except UnicodeError:
            answers.append("error")
    sys.stdout.write("\n".join(answers) + "\n")
    sys.stdout.flush()
