// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// From flags, settings and rules to one request for the runtime.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/cli/arguments.h"
#include "compiler/cli/command.h"
#include "compiler/cli/settings.h"
#include "compiler/diag/outcome.h"

namespace prunec::cli {

/// The flags as given.
struct ApplyOptions {
  std::optional<std::string> model, plan, rules, strategy, output, report, html;
  std::optional<std::string> ratio, threshold, macs, params, channels, latency, latency_table, device, input, tolerance;
  bool no_verify = false, dry_run = false, force = false, timings = false;
};

struct PreparedApply {
  ApplyRequest request;
  std::vector<std::shared_ptr<const SourceFile>> rules;  ///< the texts that the plan was compiled from; empty when they are not at hand
  std::optional<std::string> device;                     ///< the one asked for, by flag or setting
};

/// The flags that say by what a model is pruned, of every command that needs to know.
void describe_inputs(Arguments& arguments, ApplyOptions& options);

/// Flags go before settings, settings before the rules.
Outcome<PreparedApply> prepare_apply(const ApplyOptions& options, const Environment& environment);

}  // namespace prunec::cli
