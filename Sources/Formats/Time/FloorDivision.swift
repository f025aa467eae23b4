/// Division that rounds down, as times before 1970 need it.
enum FloorDivision {
  /// The quotient, rounded towards minus infinity.
  static func quotient(_ value: Int, _ divisor: Int) -> Int {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }

  /// What is left, from 0 up to `divisor` exclusive.
  static func remainder(_ value: Int, _ divisor: Int) -> Int {
    let remainder = value % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}
