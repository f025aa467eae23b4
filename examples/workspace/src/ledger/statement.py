"""Statements for people."""


def amount(minor_units):
    """`-1234` is `-12.34`."""
    # TODO: group thousands the way the customer's country does
    sign = "-" if minor_units < 0 else ""
    return f"{sign}{abs(minor_units) // 100}.{abs(minor_units) % 100:02}"
