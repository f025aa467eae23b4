import Testing

@testable import Rules

@Suite("Tests that cannot fail")
struct TestBypassTests {
  @Test(
    "they are found",
    arguments: [
      ("tests/test_a.py", "def test_a():\n    run()\n    assert True\n", [3]),
      ("tests/test_a.py", "def test_a():\n    assert len(x) >= 0\n", [2]),
      ("tests/test_a.py", "def test_a():\n    assert x == x\n", [2]),
      ("tests/test_a.py", "def test_a():\n    assert (x == 1, 'one')\n", [2]),
      ("tests/test_a.py", "def test_a():\n    assert x or True\n", [2]),
      ("tests/test_a.py", "def test_a():\n    '''Says something.'''\n    run()\n", [1]),
      ("tests/test_a.py", "class TestA:\n    def test_a(self):\n        pass\n", [2]),
      ("tests/test_a.py", "@pytest.mark.skip()\ndef test_a():\n    assert x\n", [1]),
      ("tests/test_a.py", "def test_a():\n    assert x\n    # assert x[\"rows\"]\n", [3]),
      (
        "run.py", "try:\n    f()\n    assert False, 'no'\nexcept Exception:\n    print('refused')\n", [3]
      ),
      (
        "a.test.ts", "describe('a', () => {\n  it('b', () => {});\n  xit('c', () => { expect(1).toBe(f()); });\n});\n",
        [2, 3]
      ),
      ("a.test.js", "test('a', () => { expect(true).toBe(true); });\n", [1]),
      ("a_test.go", "func TestA(t *testing.T) {\n\trun()\n}\n", [1]),
      ("a_test.go", "func TestA(t *testing.T) {\n\tt.Skip()\n}\n", [2]),
      ("a.rs", "#[test]\n#[ignore]\nfn a() { assert!(b()); }\n", [2]),
      ("ATests.swift", "@Test func a() {\n  #expect(true)\n}\n", [2]),
      ("ATests.swift", "@Test(.disabled()) func a() {\n  #expect(b())\n}\n", [1]),
      ("run.sh", "pytest || :\n", [1]),
      ("run.sh", "python3 -m pytest tests/ || { echo failed; }\n", [1]),
      ("run.sh", "set +e\nnpm test\nset -e\n", [2]),
      ("run.sh", "cargo test\nexit 0\n", [1]),
      ("Dockerfile", "FROM a\nRUN make build && make test || true\n", [2]),
      ("Makefile", "check:\n\t-pytest -q\n", [2]),
      ("run.py", "subprocess.run(['pytest', '-q'])\n", [1]),
      ("ci.yml", "jobs:\n  test:\n    runs-on: x\n    continue-on-error: true\n    steps:\n      - run: make\n", [4]),
      (".gitlab-ci.yml", "unit:\n  stage: test\n  allow_failure: true\n  script:\n    - pytest\n", [3]),
    ])
  func found(path: String, text: String, expected: [Int]) throws {
    #expect(try Scanned.lines("test-bypass", path, text) == expected)
  }

  @Test(
    "what can fail is left alone",
    arguments: [
      ("tests/test_a.py", "def test_a():\n    with pytest.raises(E):\n        run()\n"),
      ("tests/test_a.py", "def test_a(mock):\n    run()\n    mock.assert_called_once()\n"),
      (
        "tests/test_a.py",
        "class TestA:\n    def test_a(self):\n        self._compare(1)\n\n    def _compare(self, x):\n        assert x\n"
      ),
      ("tests/test_a.py", "@pytest.fixture\ndef test_runner():\n    run()\n"),
      ("tests/test_a.py", "@pytest.mark.skip(reason='no broker')\ndef test_a():\n    assert x\n"),
      ("tests/test_a.py", "def test_a():\n    if not there:\n        pytest.skip('no file')\n    assert x\n"),
      ("tests/test_a.py", "def test_a():\n    # assert that the rows are there\n    assert rows\n"),
      ("run.py", "try:\n    f()\n    assert False\nexcept ValueError:\n    pass\n"),
      ("run.py", "try:\n    assert f()\nexcept AssertionError as e:\n    failures.append(e)\n"),
      ("tests/test_a.py", "def test_close_twice_does_not_raise():\n    close()\n    close()\n"),
      ("tests/test_a.py", "class TestA(Base):\n    def test_a(self):\n        self.roundtrip(1)\n"),
      ("tests/test_a.py", "def test_a():\n    self.assertTrue(a == a)\n"),
      ("helpers.py", "def test_connection():\n    connect()\n"),
      ("a.test.ts", "it('a', async () => { await expect(f()).rejects.toThrow(); });\n"),
      ("a.test.ts", "// needs the broker\nit.skip('a', () => { expect(f()).toBe(1); });\n"),
      ("a_test.go", "func TestA(t *testing.T) {\n\tcheckRows(t, rows)\n}\n"),
      ("a_test.go", "//go:build !windows\n\npackage a\n"),
      ("run.sh", "rm -f x || true\npip install pytest || true\n"),
      ("run.sh", "make lint || { echo failed; exit 1; }\n"),
      ("run.sh", "pytest || status=$?\nexit $status\n"),
      ("run.sh", "set +e\npytest\nstatus=$?\nset -e\nexit $status\n"),
      ("run.sh", "if ! pytest; then exit 1; fi\n"),
      (
        "ci.yml",
        "jobs:\n  a:\n    steps:\n      - name: unit tests\n        continue-on-error: false\n        run: pytest\n"
      ),
      (
        "ci.yml",
        "jobs:\n  a:\n    steps:\n      - name: upload\n        continue-on-error: true\n        run: ./upload.sh\n"
      ),
    ])
  func silent(path: String, text: String) throws {
    #expect(try Scanned.lines("test-bypass", path, text) == [])
  }
}
