// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/lsp/wire.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>

namespace prunec::lsp {
namespace {

/// A rule file has at most a few megabytes. A length beyond this is a mistake, and the memory for it is not asked for.
constexpr std::uint64_t kLongestMessage = std::uint64_t{256} << 20;

std::optional<std::uint64_t> length_in(std::string line) {
  constexpr std::string_view kName = "content-length:";
  std::transform(line.begin(), line.end(), line.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (!line.starts_with(kName)) return std::nullopt;
  const std::size_t begin = line.find_first_not_of(' ', kName.size());
  std::uint64_t length = 0;
  if (begin == std::string::npos) return std::nullopt;
  const auto [end, error] = std::from_chars(line.data() + begin, line.data() + line.size(), length);
  return error == std::errc{} && end == line.data() + line.size() ? std::optional(length) : std::nullopt;
}

}  // namespace

std::optional<std::string> read_message(std::istream& in) {
  std::optional<std::uint64_t> length;
  bool any = false;
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() && any) break;
    if (line.empty()) continue;
    any = true;
    if (const auto found = length_in(line)) length = found;
  }
  if (!in) return std::nullopt;
  if (!length) return "";
  if (*length > kLongestMessage) {
    in.ignore(static_cast<std::streamsize>(*length & INT64_MAX));
    return "";
  }
  std::string body(static_cast<std::size_t>(*length), '\0');
  in.read(body.data(), static_cast<std::streamsize>(body.size()));
  if (static_cast<std::size_t>(in.gcount()) != body.size()) return std::nullopt;
  return body;
}

void write_message(std::ostream& out, std::string_view body) {
  out << "Content-Length: " << body.size() << "\r\n\r\n" << body << std::flush;
}

}  // namespace prunec::lsp
