// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// `prunec.toml`: the defaults of a project, in the working folder or the nearest folder above it.
#pragma once

#include <optional>
#include <string>

#include "compiler/diag/outcome.h"

namespace prunec::cli {

/// Paths are already relative to the working folder.
struct Settings {
  std::string path;  ///< of the settings file; empty when there is none
  std::optional<std::string> rules, strategy, plan;
  std::optional<double> ratio, threshold, macs, params, channels, latency, tolerance;
  std::optional<std::string> device, input, output, report, latency_table;
};

Outcome<Settings> find_settings();

Outcome<Settings> read_settings(const std::string& path);

}  // namespace prunec::cli
