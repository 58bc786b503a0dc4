// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Messages on a stream, each behind a header with its length.
#pragma once

#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

namespace prunec::lsp {

/// The body of the next message; empty for a header that gives no usable length, so that the reader can say so and go on; nothing at the
/// end of the stream.
std::optional<std::string> read_message(std::istream& in);

void write_message(std::ostream& out, std::string_view body);

}  // namespace prunec::lsp
