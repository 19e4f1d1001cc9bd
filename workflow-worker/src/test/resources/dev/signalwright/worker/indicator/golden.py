"""Makes the golden files beside it: TA-Lib's own values on the real bars of deploy/bars.

Run it here, outside of the build, in an environment with `pip install TA-Lib==0.8.2`:

    python golden.py ../../../../../../../../deploy/bars

Prices before a two-for-one split (deploy/bars/README.md) are halved and volumes doubled, up to 2012-09-19. Values are
written in Python's shortest form that reads back to the same double; a cell is empty before TA-Lib's first value. Every
row of the first year is kept, and after it every 25th, which is enough to see a wrong seed and a wrong step.
"""

import csv
import sys
from pathlib import Path

import numpy as np
import talib

LAST = "2012-09-19"
SPLITS = {"AAPL": ["2000-06-21", "2005-02-28"], "MSFT": ["2003-02-18"], "IBM": []}
COLUMNS = [
    "sma_20",
    "sma_50",
    "sma_200",
    "ema_20",
    "bb_upper",
    "bb_middle",
    "bb_lower",
    "macd",
    "macd_signal",
    "macd_hist",
    "rsi_14",
    "atr_10",
    "volume_sma_20",
]


def bars(folder: Path, symbol: str) -> tuple[list[str], np.ndarray]:
    dates: list[str] = []
    rows: list[list[float]] = []
    with (folder / f"{symbol}.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            if row["date"] <= LAST:
                factor = 2.0 ** sum(row["date"] < split for split in SPLITS[symbol])
                dates.append(row["date"])
                prices = [float(row[name]) / factor for name in ("high", "low", "close")]
                rows.append([*prices, float(row["volume"]) * factor])
    return dates, np.array(rows).T


def write(folder: Path, symbol: str) -> None:
    dates, (high, low, close, volume) = bars(folder, symbol)
    values = [
        talib.SMA(close, 20),
        talib.SMA(close, 50),
        talib.SMA(close, 200),
        talib.EMA(close, 20),
        *talib.BBANDS(close, 20, 2, 2),
        *talib.MACD(close, 12, 26, 9),
        talib.RSI(close, 14),
        talib.ATR(high, low, close, 10),
        talib.SMA(volume, 20),
    ]
    with Path(__file__).with_name(f"talib-{symbol}.csv").open("w", newline="") as out:
        out.write(f"# TA-Lib {talib.__ta_version__.decode().split()[0]}, Python package {talib.__version__}\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["bar", "date", *COLUMNS])
        for i, date in enumerate(dates):
            if i < 252 or i % 25 == 0 or i == len(dates) - 1:
                cells = ["" if np.isnan(column[i]) else repr(float(column[i])) for column in values]
                writer.writerow([i, date, *cells])


if __name__ == "__main__":
    for name in SPLITS:
        write(Path(sys.argv[1]), name)
