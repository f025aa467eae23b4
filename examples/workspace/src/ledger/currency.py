"""Several currencies. Only the shape of it so far; see docs/dod/DOD__PHASE_5_CURRENCIES.md."""


class RateBook:
    """Rates of exchange, by day."""

    def load(self, day):
        return self._rates[day]

    def publish(self, day, rates):
        raise NotImplementedError("rates come from the treasury, one day")
