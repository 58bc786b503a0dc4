// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What a model comes to at several budgets. Plain data; `write.h` writes it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace prunec {

/// What a model uses.
struct Usage {
  std::int64_t channels = 0;  ///< of the norms that the strategy touches
  std::int64_t parameters = 0;
  std::int64_t macs = 0;                    ///< for one input
  std::optional<std::int64_t> picoseconds;  ///< of the measured layers; none without a latency table

  friend bool operator==(const Usage&, const Usage&) = default;
};

/// One budget, solved.
struct SweepPoint {
  double asked = 0;           ///< share, 0 to 1
  double used = 0;            ///< share that the solution comes to
  double kept_score = 0;      ///< share of the scores of all channels
  std::optional<double> gap;  ///< no choice within the budget keeps more than this share more
  Usage usage;
  std::vector<std::int64_t> widths;  ///< by layer of the sweep

  friend bool operator==(const SweepPoint&, const SweepPoint&) = default;
};

struct Sweep {
  std::string model_path, model_sha256;
  std::string architecture, strategy;
  std::string resource;             ///< "macs", as in `budget macs`
  std::string device;               ///< where the scores were ranked: "cpu", "cuda:0"
  std::vector<std::int64_t> input;  ///< shape of the input that MACs are counted for
  Usage before;
  std::vector<std::string> layers;   ///< norms that the strategy touches, in execution order
  std::vector<std::int64_t> widths;  ///< of the original, by layer
  std::vector<SweepPoint> points;    ///< in the order asked for

  friend bool operator==(const Sweep&, const Sweep&) = default;
};

}  // namespace prunec
