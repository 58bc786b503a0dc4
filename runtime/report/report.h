// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Everything that a person or a script wants to know of one run of `apply`. Plain data, free of LibTorch; `json.h` writes it in the
/// published format and `table.h` for a terminal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/explain/decisions.h"

namespace prunec {

enum class SiteRole {
  kVoter,    ///< pruned by its own scales
  kCarried,  ///< keeps what its tie keeps
  kKept,     ///< selected, but left whole by a skip, a pin or a tie to such a site
};

/// "voter", "carried" or "kept", as reports write it.
const char* to_string(SiteRole role);

struct SiteReport {
  std::string path;  ///< module path
  std::string kind;  ///< "batch_norm"
  std::int64_t before = 0;
  std::int64_t after = 0;
  std::vector<std::int64_t> kept;  ///< sorted positions
  std::int64_t set = 0;            ///< number of the coupled set; tied sites share it
  SiteRole role = SiteRole::kVoter;
  std::string reason;  ///< for kKept: why; else empty
};

struct EditReport {
  std::string tensor;  ///< state_dict key
  std::int64_t axis = 0;
  std::vector<std::int64_t> kept;  ///< sorted positions
  std::int64_t groups = 1;         ///< of a convolution in groups: `kept` counts over all of them
};

struct AttributeReport {
  std::string path;  ///< module path
  std::string name;  ///< "groups"
  std::int64_t before = 0;
  std::int64_t after = 0;
};

/// Scores that compete with each other.
struct PoolReport {
  std::string name;  ///< empty: all; else a label and its value, or the first norm of a coupled set
  double threshold = 0;
  std::int64_t size = 0;  ///< number of votes
};

/// A change of the model's code.
struct CodeReport {
  std::string path;  ///< of the module whose code it is
  std::string method;
  std::vector<std::int64_t> nodes;  ///< as in CodePlace
  std::string operation;            ///< "aten::view"
  std::string argument;             ///< "size"; "parts" for the sizes of parts; "index" for a shuffle that became a selection
  std::int64_t element = -1;        ///< of an argument that is a list of which one number changes
  std::vector<std::int64_t> before, after;
};

struct Change {
  std::int64_t before = 0;
  std::int64_t after = 0;
};

/// How a budget was met.
struct BudgetReport {
  std::int64_t limit = 0;
  Change used;                ///< in the budget's own unit; picoseconds for latency
  double kept_score = 0;      ///< share of the scores of all channels, 0 to 1
  std::optional<double> gap;  ///< no choice within the limit keeps more than this share more; none for latency
};

struct VerificationReport {
  bool performed = false;
  bool passed = false;
  double max_abs_diff = 0;  ///< largest difference of any output element
  double max_rel_diff = 0;  ///< the same, divided by the largest absolute value of that output
  double tolerance = 0;     ///< bound on max_rel_diff
  std::string inputs;       ///< "1x3x224x224, 2x3x96x64"
};

struct Timing {
  std::string step;
  double seconds = 0;
};

struct Report {
  std::string model_path, model_sha256, model_format;
  std::string architecture, strategy, rules_sha256;
  std::string request_kind;  ///< "ratio", "threshold" or "budget macs"
  double request_value = 0;
  double reached_channels_removed = 0;  ///< share of the pool, 0 to 1
  double threshold = 0;                 ///< of the first pool
  std::vector<PoolReport> pools;        ///< where `rank per` divides the scores; else empty
  std::optional<BudgetReport> budget;
  std::string device;
  std::vector<SiteReport> channels;
  std::vector<EditReport> edits;
  std::vector<AttributeReport> attributes;
  std::vector<CodeReport> code;
  std::vector<std::string> modules;  ///< paths of those that are gone, each with all that it contained
  Change site_channels;  ///< of `channels`, summed
  Change parameters;     ///< elements; shared ones once, no buffers
  Change macs;           ///< multiply-accumulate operations for one input
  Change bytes;          ///< of the model files
  VerificationReport verification;
  std::optional<Decisions> decisions;  ///< why; none in reports of an earlier prunec
  std::string output_path;             ///< empty after a dry run
  std::string output_sha256;
};

}  // namespace prunec
