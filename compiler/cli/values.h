// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Values of flags: numbers, shapes, devices.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diag/outcome.h"

namespace prunec::cli {

/// "0.4" or "40%", in [0, 1).
Outcome<double> read_ratio(const std::string& flag, const std::string& text);
/// The same, in (0, 1].
Outcome<double> read_share(const std::string& flag, const std::string& text);
Outcome<double> read_not_negative(const std::string& flag, const std::string& text);
Outcome<double> read_positive(const std::string& flag, const std::string& text);

/// "1x3x224x224".
Outcome<std::vector<std::int64_t>> read_shape(const std::string& flag, const std::string& text);

/// "auto", "cpu", "cuda" or "cuda:N".
Outcome<std::string> read_device(const std::string& flag, const std::string& text);

/// What became of the device that was asked for: "cpu, since there is no usable GPU".
std::string device_used(const std::string& asked, const std::string& used);

}  // namespace prunec::cli
