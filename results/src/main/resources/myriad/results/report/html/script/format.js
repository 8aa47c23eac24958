/** Numbers as a person reads them. */

function significant(value) {
  return String(Number(value.toPrecision(3)));
}

/** The next number above that has a digit and a half. */
function roundUp(value) {
  const half = 10 ** Math.floor(Math.log10(value)) / 2;
  return Math.ceil(value / half) * half;
}

function countText(value) {
  if (Math.abs(value) < 1000) return significant(value);
  if (Math.abs(value) < 1e6) return significant(value / 1e3) + 'k';
  return significant(value / 1e6) + 'M';
}

function microsText(micros) {
  if (micros < 1000) return significant(micros) + ' µs';
  if (micros < 1e6) return significant(micros / 1e3) + ' ms';
  return significant(micros / 1e6) + ' s';
}

function bytesText(bytes) {
  if (Math.abs(bytes) < 1024) return significant(bytes) + ' B';
  if (Math.abs(bytes) < 1024 * 1024) return significant(bytes / 1024) + ' KiB';
  return significant(bytes / 1024 / 1024) + ' MiB';
}

function shareText(share) {
  return significant(share * 100) + ' %';
}

/** x = 1 / (1 - p): 100 is the 99th percentile. */
function percentileText(x) {
  return Number((100 - 100 / x).toPrecision(12)) + ' %';
}
