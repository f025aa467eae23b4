import Testing

@testable import Rules

@Suite("Decisions by the clock")
struct WallclockDecisionTests {
  @Test(
    "a reading that decides and is not kept is found",
    arguments: [
      ("a.py", "def f(e, ttl):\n    now = time.time()\n    return now - e['seen'] > ttl\n", [2]),
      ("a.py", "def f(v):\n    if v <= datetime.now(timezone.utc):\n        raise E\n", [2]),
      (
        "a.py",
        "def f(v):\n    limit = datetime.now(timezone.utc) + timedelta(hours=24)\n    if v > limit:\n        raise E\n",
        [2]
      ),
      ("a.py", "def _today():\n    return date.today()\n\ndef f(x):\n    return x.day == _today()\n", [5]),
      ("a.ts", "export function open(deadline: number): boolean {\n  return Date.now() < deadline;\n}\n", [2]),
      ("a.swift", "func isFresh(_ stamp: Date) -> Bool {\n  Date().timeIntervalSince(stamp) < 300\n}\n", [2]),
      ("a.go", "func Valid(until time.Time) bool {\n\treturn time.Now().Before(until)\n}\n", [2]),
      ("a.go", "func Valid(until time.Time) bool {\n\treturn until.After(time.Now())\n}\n", [2]),
      (
        "a.rs",
        "fn stale(seen: SystemTime) -> bool {\n    SystemTime::now().duration_since(seen).map(|d| d.as_secs() > 60).unwrap_or(true)\n}\n",
        [2]
      ),
      ("a.py", "def f():\n    return {'execution_id': f'x_{int(time.time())}'}\n", [2]),
      ("a.py", "def f():\n    return Context(logical_timestamp=int(time.time()))\n", [2]),
      (
        "a.py",
        "def f():\n    base = f'k_{utc_now().isoformat()}'\n    return hashlib.sha256(base.encode()).hexdigest()\n", [2]
      ),
      (
        "a.py", "def f(row):\n    at = row.get('admitted_at') or datetime.now(timezone.utc)\n    return Receipt(at)\n",
        [2]
      ),
    ])
  func found(path: String, text: String, expected: [Int]) throws {
    #expect(try Scanned.lines("wallclock-decision", path, text) == expected)
  }

  @Test(
    "records, durations, waits and clocks that are handed in are left alone",
    arguments: [
      (
        "a.py",
        "def f(e):\n    at = datetime.now(timezone.utc)\n    return {'late': at > e, 'decided_at': at.isoformat()}\n"
      ),
      ("a.py", "def f():\n    return {'generated_at': datetime.now(timezone.utc).isoformat()}\n"),
      (
        "a.py",
        "def f(limit):\n    start = time.time()\n    work()\n    if time.time() - start > limit:\n        raise E\n"
      ),
      ("a.py", "def f(limit):\n    end = time.time() + limit\n    while time.time() < end:\n        work()\n"),
      // A second reading of the same function says when it was decided.
      ("a.py", "def f(e, row):\n    now = time.time()\n    if now - e > 60:\n        row['expired_at'] = utc_now()\n"),
      ("a.py", "def f():\n    now = utc_now()\n    return {'evidence_id': f'E-{now}', 'applied_at': now}\n"),
      ("a.py", "def f(e, now):\n    return now - e > 60\n"),
      ("a.py", "def f(e, now=None):\n    now = now or time.time()\n    return now - e > 60\n"),
      ("a.py", "def f(e, now=None):\n    if now is None:\n        now = time.time()\n    return now - e > 60\n"),
      (
        "a.py",
        "def f(self):\n    now = time.time()\n    if now - self.last_flush > 5:\n        self.flush()\n    self.last_flush = now\n"
      ),
      ("a.py", "class SystemClock:\n    def now(self):\n        return datetime.now(timezone.utc)\n"),
      ("a.py", "def f(self, e):\n    return self.clock.now() > e\n"),
      ("a.py", "def f(self, timestamp=None):\n    self.timestamp = timestamp or datetime.now(timezone.utc)\n"),
      ("a.py", "'''Never calls time.time() > x.'''\n"),
      ("a.py", "def f(x):\n    return time.monotonic() > x\n"),
      ("tests/test_a.py", "def test_a():\n    assert time.time() > 5\n"),
      ("a.ts", "export function stamp(result: string) {\n  return { result, at: new Date().toISOString() };\n}\n"),
      ("a.go", "func f() Record {\n\treturn Record{At: time.Now().UTC()}\n}\n"),
      ("a.go", "func wait() {\n\tfor end := time.Now().Add(5); time.Now().Before(end); {\n\t\twork()\n\t}\n}\n"),
      ("a.sh", "echo \"done at $(date -u +%FT%TZ)\"\n"),
    ])
  func silent(path: String, text: String) throws {
    #expect(try Scanned.lines("wallclock-decision", path, text) == [])
  }
}
