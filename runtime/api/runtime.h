// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The door between the program, which is free of LibTorch, and the runtime library, which the program loads when a command needs a
/// model. Both sides are built together: what passes through are ordinary C++ values.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/diag/outcome.h"
#include "compiler/plan/plan.h"
#include "runtime/inspect/inspection.h"
#include "runtime/latency/latency.h"
#include "runtime/report/report.h"
#include "runtime/sweep/sweep.h"

namespace prunec {

/// How much goes.
using Amount = std::variant<Ratio, Threshold, Budget>;

struct ApplyRequest {
  std::string model;
  ConstraintPlan plan;
  /// Replaces the plan's own amount. One of the two must be there; the caller sees to that.
  std::optional<Amount> amount;
  std::optional<LatencyTable> latency;  ///< for a budget of latency; one without it is refused
  std::string latency_path;             ///< of the table, for messages
  std::string output;                   ///< where the pruned model goes
  std::string report;                   ///< where the JSON report goes
  std::string device = "auto";          ///< "auto", "cpu", "cuda" or "cuda:N"
  std::vector<std::int64_t> input;      ///< shape of one input; empty: 1 x (channels of the first layer) x 224 x 224
  double tolerance = 1e-4;              ///< bound on the relative difference of masked and sliced outputs
  bool verify = true;
  bool dry_run = false;  ///< solve and report on stdout, write nothing
  bool force = false;    ///< replace existing outputs; never the input
  /// Told each step as it begins, in words that complete "prunec is ...". May be empty.
  std::function<void(const std::string& step)> on_step;
};

struct ApplyResult {
  Report report;
  std::vector<Timing> timings;  ///< in the order of the steps
};

struct CheckRequest {
  std::string model;
  ConstraintPlan plan;
  std::vector<std::int64_t> input;
};

struct InspectRequest {
  std::string model;
  std::vector<std::int64_t> input;
};

struct BenchRequest {
  std::string model;
  std::vector<std::int64_t> input;  ///< shape of one input; empty: as in `apply`
  std::string device = "auto";
  std::function<void(const std::string& step)> on_step;  ///< as in `ApplyRequest`
};

struct SweepRequest {
  ApplyRequest pruning;         ///< model, plan, device, input and latency table; the rest is not looked at
  std::vector<Budget> budgets;  ///< of one resource
};

struct VerifyRequest {
  std::string original;
  std::string pruned;
  Report report;                    ///< of the run that made `pruned` from `original`
  std::vector<std::int64_t> input;  ///< shape of one input; empty: the one that the report names, else as in `apply`
  double tolerance = 1e-4;          ///< bound on the relative difference of masked and sliced outputs
};

class Runtime {
 public:
  virtual ~Runtime() = default;

  /// Loads libraries that register operators, for models that call them. The first that cannot be loaded is the error (P0819).
  virtual std::optional<Diagnostic> load_operators(const std::vector<std::string>& libraries) = 0;

  /// Measures, solves, slices, verifies and writes. Nothing is written unless the whole of it succeeds.
  virtual Outcome<ApplyResult> apply(const ApplyRequest& request) = 0;

  /// Holds the plan against the model's graph; writes nothing.
  virtual Diagnostics check(const CheckRequest& request) = 0;

  /// What there is to see of a model before any rule.
  virtual Outcome<Inspection> inspect(const InspectRequest& request) = 0;

  /// Measures how long each layer takes at several widths, on the device.
  virtual Outcome<LatencyTable> bench(const BenchRequest& request) = 0;

  /// Solves many budgets after one load and trace; writes nothing. A budget out of reach is an error.
  virtual Outcome<Sweep> sweep(const SweepRequest& request) = 0;

  /// Measures and solves like `apply`, and stops there: the report holds the decisions and what follows from them. Nothing is written.
  virtual Outcome<Report> decide(const ApplyRequest& request) = 0;

  /// Proves again, from files alone, that the pruned model computes what the original does with the report's channels masked.
  virtual Outcome<VerificationReport> verify(const VerifyRequest& request) = 0;
};

/// The one symbol that the runtime library exports; the object lives as long as the library.
using RuntimeEntry = Runtime* (*)();
inline constexpr const char* kRuntimeEntryName = "prunec_runtime_1";

}  // namespace prunec

/// For those who link the library in place of loading it.
extern "C" prunec::Runtime* prunec_runtime_1();
