// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Answers to "why": why one channel was kept or removed, or what became of a layer or of all layers inside a module.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/diag/outcome.h"
#include "runtime/explain/decisions.h"

namespace prunec {

/// `layer2.0.conv1:17`, or without the channel.
struct Question {
  std::string layer;
  std::optional<std::size_t> channel;

  friend bool operator==(const Question&, const Question&) = default;
};

/// One voter's opinion of one channel.
struct Vote {
  std::string path;
  double score = 0;
  std::size_t rank = 0;  ///< from 1, the weakest, among all scores that compete; equal scores share the first place
  bool named = false;    ///< under `quota`: the voter named it in its turn

  friend bool operator==(const Vote&, const Vote&) = default;
};

/// What rounding to a multiple, or a bound on the width, made of the votes.
enum class Rounded { kNo, kGivenBack, kTaken };

struct ChannelAnswer {
  Question question;
  bool removed = false;
  std::optional<std::size_t> set;  ///< none: no statement touches the layer
  std::size_t channel = 0;         ///< of the set
  std::string policy;
  std::optional<double> score;  ///< under the policy; none: nobody votes
  double threshold = 0;
  std::size_t rank = 0;  ///< of the score, as a vote's
  std::size_t pool = 0;  ///< number of scores that compete
  std::vector<Vote> votes;
  std::vector<std::string> carried;
  std::vector<std::pair<std::string, std::size_t>> same;  ///< the other places of this channel: layer and position
  std::vector<StatementPlace> statements;
  bool wished = false;  ///< the votes alone would remove it
  Rounded rounded = Rounded::kNo;
  std::string kept_because;  ///< a clause; empty: channels of the set may go
  std::vector<std::string> sentences;

  friend bool operator==(const ChannelAnswer&, const ChannelAnswer&) = default;
};

/// What became of one layer.
struct LayerFate {
  std::string path;
  std::size_t before = 0, after = 0;
  std::size_t below = 0;       ///< channels that the votes alone would remove
  std::size_t given_back = 0;  ///< of these, kept by rounding or by a bound on the width
  std::size_t taken = 0;       ///< removed beyond these
  std::string budget;          ///< "budget macs": it chose the width; empty: the votes did
  std::string kept_because;    ///< a clause: why nothing may go; empty: something may

  friend bool operator==(const LayerFate&, const LayerFate&) = default;
};

struct LayerAnswer {
  Question question;
  std::vector<LayerFate> layers;           ///< the layer, or those inside the module
  std::vector<StatementPlace> statements;  ///< that speak of one of them
  std::vector<std::string> sentences;

  friend bool operator==(const LayerAnswer&, const LayerAnswer&) = default;
};

using Answer = std::variant<ChannelAnswer, LayerAnswer>;

/// Reads a question. Errors: P0818 for a channel that is no whole number.
Outcome<Question> read_question(std::string_view text);

/// Errors: P0817 for a layer that the model does not have, P0818 for a channel that the layer does not have.
Outcome<Answer> answer(const Decisions& decisions, const Question& question);

/// The full form of `prunec why --format json`, schema 1 (runtime/report/README.md).
std::string answers_json(const std::vector<Answer>& answers);

}  // namespace prunec
