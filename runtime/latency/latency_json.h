// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "compiler/diag/outcome.h"
#include "runtime/latency/latency.h"

namespace prunec {

/// The version of the file. A file of another version is refused: it is measured anew in a minute.
inline constexpr int kLatencyVersion = 1;

/// JSON, a line per layer.
std::string write_latency(const LatencyTable& latency);

/// Gives back what was written, each table whole and ascending. `path` is for messages. Error: P0553.
Outcome<LatencyTable> read_latency(const std::string& path, std::string_view text);

}  // namespace prunec
