#!/usr/bin/env python3
"""Follows the console blocks of a page: scripts/follow-page.py PAGE COMMAND…

Runs each line that begins with '$ ' as `COMMAND… SCRIPT`, where COMMAND ends with something like `bash -c`, in the folder in
which the one before ended, and compares what it prints with what the page shows. '[…]' stands for any number of lines, an
ellipsis at the end of a line for the rest of it. A command that fails has to be one that shows its exit status. Exits with 1
when the page is not true, and when a line that it shows could be another one without anybody noticing."""
import subprocess
import sys


def steps(page):
    found, inside = [], False
    for line in page.split("\n"):
        if line.startswith("```"):
            inside = line == "```console"
        elif inside and line.startswith("$ "):
            found.append((line[2:], []))
        elif inside and found:
            found[-1][1].append(line)
    return found


def line_fits(shown, printed):
    return shown == printed or shown.endswith("…") and printed.startswith(shown[:-1])


def fits(shown, printed):
    place, is_open = 0, False
    for line in shown:
        if line == "[…]":
            is_open = True
            continue
        while is_open and place < len(printed) and not line_fits(line, printed[place]):
            place += 1
        if place == len(printed) or not line_fits(line, printed[place]):
            return False
        place, is_open = place + 1, False
    return is_open or place == len(printed)


def idle_line(shown, printed):
    """A line of the page that could say something else, and the page would still be taken for true."""
    for place, line in enumerate(shown):
        if line != "[…]" and fits(shown[:place] + ["not " + line] + shown[place + 1:], printed):
            return line
    return None


def main():
    page, command = sys.argv[1], sys.argv[2:]
    with open(page, encoding="utf-8") as file:
        wanted = steps(file.read())
    if not wanted:
        sys.exit(f"{page}: shows no command")
    for text, shown in wanted:
        script = (
            'export LC_ALL=C.UTF-8; cd "$(cat /tmp/here 2>/dev/null || echo "$HOME")" || exit 99\n'
            f"{text}\nstatus=$?; pwd > /tmp/here; exit $status"
        )
        run = subprocess.run(command + [script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        printed = run.stdout.decode("utf-8", "replace").split("\n")
        if printed[-1] == "":
            printed.pop()
        if not fits(shown, printed) or run.returncode != 0:
            expected = "\n".join(shown)
            sys.exit(
                f"{page}: not true any more: $ {text}\n--- shown\n{expected}\n--- printed, exit status {run.returncode}\n"
                + "\n".join(printed) + "\n--- standard error\n" + run.stderr.decode("utf-8", "replace")
            )
        idle = idle_line(shown, printed)
        if idle is not None:
            sys.exit(f"{page}: nobody would notice if this line were another one: {idle}")
        print(f"$ {text}")
    lines = sum(len([line for line in shown if line != "[…]"]) for _, shown in wanted)
    print(f"{page}: {len(wanted)} commands, {lines} lines, every one as shown")


if __name__ == "__main__":
    main()
