import Testing

@testable import Rules

@Suite("Comparisons that may have the same on both sides")
struct SameSidesTests {
  @Test(
    "are those whose second side begins with something that stands before",
    arguments: [
      "assert a == a", "assert (result == result)", "assert x.y  ==  x.y, 'text'", "assertTrue(1 == 1)",
      "expect(value === value)", "assert item is item", "assert 'a' == 'b'", "assert b and a==a", "é == é",
    ])
  func same(line: String) { #expect(mayStand(line)) }

  @Test(
    "are none where it does not stand before as a token of its own",
    arguments: [
      "assert a == b", "assert ab == b", "assert b_a == a", "assert a == ", "a is", "==", "=", "", "assert this(x)",
      "assert gate_a == gate_b, \"the verdict\"", "x != y",
    ])
  func other(line: String) { #expect(!mayStand(line)) }

  private func mayStand(_ line: String) -> Bool {
    let bytes = Array(line.utf8)
    return SameSides.mayStand(on: bytes.span)
  }
}
