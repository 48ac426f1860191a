"""One long batch: soak-batch.py ADDRESS TOKEN PID LINES. Sends and reads at the same time, and checks every answer.

Of a thousand lines one is wrong (422) and one is the line before it again (200); all others are recorded (201).
"""

import http.client
import re
import socket
import sys
import threading
import time
import urllib.parse

LINES_A_CHUNK = 100
ANSWER = re.compile(rb'\{"line":(\d+),"key":"([^"]*)","status":(\d+),"body":\{.*\}\}\n\Z')


def line(number):
    """The line of that number, counted from 1."""
    if number % 1000 == 2:
        number -= 1
    decision = "NO_SUCH_DECISION" if number % 1000 == 0 else "APPROVED"
    return (
        '{"key":"soak-%d","asOf":"2022-%02d-01","reference":{"service":"S-%d"},"facts":{"registrationDecision":"%s",'
        '"registrationDecidedOn":"2021-04-01","assessmentPeriodEnd":"2021-03-31",'
        '"renewalFiledAt":"2022-07-31T14:59:59Z"}}\n' % (number, 1 + number % 12, number, decision)
    ).encode()


def expected(number):
    """The key and the status of the answer to that line."""
    status = 422 if number % 1000 == 0 else 200 if number % 1000 == 2 else 201
    return (number - 1 if number % 1000 == 2 else number), status


def send(connection, lines, failures):
    try:
        for first in range(1, lines + 1, LINES_A_CHUNK):
            piece = b"".join(line(i) for i in range(first, min(first + LINES_A_CHUNK, lines + 1)))
            connection.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
        connection.sendall(b"0\r\n\r\n")
    except OSError as failure:
        failures.append(failure)


def peak(pid):
    """The most memory that the process ever had resident, in MB."""
    with open("/proc/%d/status" % pid, encoding="ascii") as status:
        return next(int(row.split()[1]) for row in status if row.startswith("VmHWM")) // 1024


def main(address, token, pid, lines):
    url = urllib.parse.urlsplit(address)
    connection = socket.create_connection((url.hostname, url.port), timeout=120)
    connection.sendall(
        (
            "POST /api/v1/decisions/service-validity/batch HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n"
            "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n" % (url.netloc, token)
        ).encode()
    )
    failures = []
    start = time.monotonic()
    threading.Thread(target=send, args=(connection, lines, failures), daemon=True).start()
    answer = http.client.HTTPResponse(connection, method="POST")
    answer.begin()
    if answer.status != 200:
        sys.exit("%d: %s" % (answer.status, answer.read().decode()))
    print("revision %s, as of %s" % (answer.headers["Ismap-Revision"], answer.headers["Ismap-As-Of"]))
    number = 0
    for text in answer:
        number += 1
        match = ANSWER.match(text)
        key, status = expected(number)
        if not match or (int(match[1]), match[2].decode(), int(match[3])) != (number, "soak-%d" % key, status):
            sys.exit("line %d, wanted key soak-%d and status %d: %s" % (number, key, status, text[:500]))
        if number % 50000 == 0:
            print("%d lines, %.0f/s, peak %d MB" % (number, number / (time.monotonic() - start), peak(pid)), flush=True)
    seconds = time.monotonic() - start
    if failures or number != lines:
        sys.exit("%d lines answered of %d: %s" % (number, lines, failures))
    print(
        "%d lines in order and as expected: %.1f s, %.0f lines/s, peak memory of the service %d MB"
        % (number, seconds, number / seconds, peak(pid))
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
