// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/torch_error.h"

#include <algorithm>
#include <c10/util/Exception.h>
#include <string_view>

namespace prunec {

std::string cause_of(const std::exception& error) {
  const auto* torch_error = dynamic_cast<const c10::Error*>(&error);
  std::string text = torch_error ? torch_error->what_without_backtrace() : error.what();
  // Errors raised inside TorchScript code put a traceback first and the cause on the last line, behind the exception's name.
  constexpr std::string_view kMarker = "RuntimeError: ";
  if (const std::size_t at = text.rfind(kMarker); at != std::string::npos) text.erase(0, at + kMarker.size());
  // Failed checks of the file reader begin with a place in LibTorch's own sources.
  if (text.starts_with("[enforce fail at ")) {
    text.erase(0, std::min(text.find("] "), text.size()));
    text.erase(0, std::min(text.find_first_not_of("]. "), text.size()));
  }
  text.erase(std::min(text.find('\n'), text.size()));
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.pop_back();
  return text;
}

}  // namespace prunec
