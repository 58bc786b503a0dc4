// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/values.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "compiler/diag/nearest.h"

namespace prunec::cli {
namespace {

/// Larger extents are slips, and their product must not overflow.
constexpr std::int64_t kLargestExtent = 1 << 20;
constexpr std::size_t kMostDimensions = 8;

template <typename T>
std::optional<T> whole_text(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> number(std::string_view text) {
  const auto value = whole_text<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

Diagnostic bad(const std::string& flag, const std::string& text, const std::string& help) {
  Diagnostic diagnostic{Code::kP0802, "`" + flag + "` does not take `" + text + "`"};
  diagnostic.help = help;
  return diagnostic;
}

}  // namespace

namespace {

/// A number, or a share of a hundred with a percent sign.
std::optional<double> fraction(const std::string& text) {
  const bool percent = text.ends_with('%');
  const auto value = number(std::string_view(text).substr(0, text.size() - (percent ? 1 : 0)));
  return value && percent ? *value / 100 : value;
}

}  // namespace

Outcome<double> read_share(const std::string& flag, const std::string& text) {
  const auto value = fraction(text);
  if (!value || *value <= 0 || *value > 1)
    return bad(flag, text, "it takes a share above 0 and up to 100%, for example `" + flag + " 50%`");
  return *value;
}

Outcome<double> read_ratio(const std::string& flag, const std::string& text) {
  const auto value = fraction(text);
  if (!value || *value < 0 || *value >= 1)
    return bad(flag, text, "a ratio is a number from 0 up to but not including 1, for example `" + flag + " 0.4`");
  return *value;
}

Outcome<double> read_not_negative(const std::string& flag, const std::string& text) {
  const auto value = number(text);
  if (!value || *value < 0) return bad(flag, text, "it takes a number that is not negative, for example `" + flag + " 0.05`");
  return *value;
}

Outcome<double> read_positive(const std::string& flag, const std::string& text) {
  const auto value = number(text);
  if (!value || *value <= 0) return bad(flag, text, "it takes a number above 0, for example `" + flag + " 1e-4`");
  return *value;
}

Outcome<std::vector<std::int64_t>> read_shape(const std::string& flag, const std::string& text) {
  const auto refuse = [&] {
    return bad(flag, text, "a shape is written with `x` between its extents, for example `" + flag + " 1x3x224x224`");
  };
  std::vector<std::int64_t> shape;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('x', begin), text.size());
    const auto extent = whole_text<std::int64_t>(std::string_view(text).substr(begin, end - begin));
    if (!extent || *extent < 1 || *extent > kLargestExtent || shape.size() == kMostDimensions) return refuse();
    shape.push_back(*extent);
    begin = end + 1;
  }
  return shape;
}

Outcome<std::string> read_device(const std::string& flag, const std::string& text) {
  if (text == "auto" || text == "cpu" || text == "cuda") return text;
  const std::string_view rest = std::string_view(text).substr(std::min<std::size_t>(text.size(), 5));
  if (text.starts_with("cuda:") && rest.size() <= 3 && whole_text<unsigned>(rest)) return text;
  return bad(flag, text, did_you_mean(text, {"auto", "cpu", "cuda"}, "it takes `auto`, `cpu`, `cuda` or `cuda:N`"));
}

std::string device_used(const std::string& asked, const std::string& used) {
  return used + (asked == "auto" && used.starts_with("cpu") ? ", since there is no usable GPU" : "");
}

}  // namespace prunec::cli
