import Testing

@testable import Rules

@Suite("Identities that are the same in every run")
struct RunIdentityTests {
  @Test(
    "constants and past runs are found",
    arguments: [
      ("a.java", "emit(runId = \"nightly-1\");\n"),
      ("a.ts", "const ids = { auditId: '01HZZZZZZZZZZZZZZZZZZZZZZZ' }\n"),
      ("a.ts", "headers['Idempotency-Key'] = 'boot-1'\n"),
      ("a.rb", "emit(intent_id: 'i-1')\n"),
      ("a.py", "belief_id: str = 'belief-1'\n"),
      ("a.py", "x = f'a'; emit(run_id=f'drill-{scenario_name}')\n"),
      ("a.ts", "emit({ correlationId: `drill-${mode}` })\n"),
      ("a.sh", "RUN_ID=nightly_001\n"),
      ("a.sh", "RUN_ID=\"${RUN_ID:-nightly_001}\"\n"),
      ("a.yaml", "execution_id: m9_run_4\n"),
      ("a.py", "parser.add_argument(\n    '--execution-id',\n    default='m9_stress_20310214T101500Z',\n)\n"),
      ("a.py", "RUN = os.environ.get('RUN_ID', 'm9_stress_20310214T101500Z')\n"),
      ("a.py", "UPSTREAM_EXECUTION = 'm9_stress_20310214T101500Z'\n"),
      ("a.py", "OUT = Path('artifacts/reality_run_007')\n"),
      ("flow.yml", "inputs:\n  run_id:\n    required: true\n    default: \"r_001\"\n"),
    ])
  func violations(path: String, text: String) throws {
    #expect(try found("hardcoded-id", in: text, at: path).map { $0.suffix(5) } == ["error"])
  }

  @Test(
    "made, derived, named, compared and absent ids are left alone",
    arguments: [
      ("a.py", "run_id = make()\n"),
      ("a.py", "run_id = f'run-{uuid.uuid4()}'\n"),
      ("a.py", "idempotency_key = f'{run_id}-{kind}'\n"),
      ("a.py", "correlation_id = ''\n"),
      ("a.py", "correlation_id = 'unknown'\n"),
      ("a.py", "RUN_ID = 'run_id'\n"),
      ("a.py", "RUN_ID_HEADER = 'X-Run-1'\n"),
      ("a.py", "RUN_ID_ENV = 'LEDGER_RUN_ID_1'\n"),
      ("a.py", "if run_id == 'r-17':\n    pass\n"),
      ("a.py", "row['run_id'] != 'r-17'\n"),
      ("a.py", "# run_id = 'r-17'\n"),
      ("a.py", "run_id=run_id\n"),
      ("a.sh", "RUN_ID=\"$1\"\n"),
      ("a.yaml", "run_id: string\n"),
      ("a.yaml", "run_id: ${{ github.run_id }}\n"),
      ("a.yaml", "correlation_id: \"coordination_id\"\n"),
      ("a.sql", "CREATE TABLE x (idempotency_key TEXT PRIMARY KEY);\n"),
      ("a.py", "steps = ['dry_run_01']\n"),
      ("tests/test_a.py", "emit(run_id='r-17')\n"),
      ("a_test.go", "emit(Event{RunID: \"r-17\"})\n"),
    ])
  func silent(path: String, text: String) throws {
    #expect(try found("hardcoded-id", in: text, at: path).isEmpty)
  }

  @Test("made-up data of a demonstration gets a note")
  func remarks() throws {
    #expect(try found("hardcoded-id", in: "emit(run_id='r-17')\n", at: "examples/show.py") == ["1 note"])
  }

  @Test("a script that only is called test_ is no test")
  func drill() throws {
    let drill = "def test_restart():\n    run_id = 'drill_004'\n    return restart(run_id)\n"
    #expect(try found("hardcoded-id", in: drill, at: "scripts/test_restart.py") == ["2 error"])
    let test = "import pytest\n\n" + drill
    #expect(try found("hardcoded-id", in: test, at: "scripts/test_restart.py").isEmpty)
  }
}
