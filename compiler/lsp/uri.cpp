// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/lsp/uri.h"

#include <cctype>
#include <charconv>
#include <filesystem>

namespace prunec::lsp {
namespace {

constexpr std::string_view kFile = "file://";

bool stays(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("-._~/").find(c) != std::string_view::npos;
}

}  // namespace

std::string path_of(std::string_view uri) {
  if (!uri.starts_with(kFile)) return std::string(uri);
  const std::size_t slash = uri.find('/', kFile.size());  // a host may stand before it
  const std::string_view coded = slash == std::string_view::npos ? std::string_view{} : uri.substr(slash);
  std::string path;
  for (std::size_t i = 0; i < coded.size(); ++i) {
    unsigned byte = 0;
    const bool whole = coded[i] == '%' && i + 2 < coded.size();
    if (whole && std::from_chars(&coded[i + 1], &coded[i + 3], byte, 16).ptr == &coded[i + 3]) {
      path += static_cast<char>(byte);
      i += 2;
    } else {
      path += coded[i];
    }
  }
  return path;
}

std::string uri_of(const std::string& path) {
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error);
  constexpr const char* kDigits = "0123456789ABCDEF";
  std::string uri(kFile);
  for (const char c : error ? path : absolute.lexically_normal().string()) {
    const auto byte = static_cast<unsigned char>(c);
    if (stays(c)) {
      uri += c;
    } else {
      uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return uri;
}

}  // namespace prunec::lsp
