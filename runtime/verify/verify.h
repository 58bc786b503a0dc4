// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The proof: the sliced model computes what the masked one did.
#pragma once

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <string>
#include <vector>

#include "compiler/diag/outcome.h"
#include "runtime/model/model.h"
#include "runtime/report/report.h"
#include "runtime/slice/plan_edits.h"

namespace prunec {

/// Inputs and what the masked model makes of them.
struct Expectation {
  std::vector<at::Tensor> inputs;
  /// Outputs alone say too little: every layer is compared too, all in double precision. So it is with a detector, which ranks its results
  /// and may return none at all, and with a model whose outputs hardly depend on its input.
  bool by_layers = false;
  std::vector<std::vector<at::Tensor>> outputs;  ///< by input
  std::vector<std::vector<LayerOutput>> layers;  ///< by input, empty unless `by_layers`: what every layer made
};

/// Sets scales and shifts to zero, in place: what stays of the model after slicing is not touched by it.
void mask(Model& model, const std::vector<Mask>& masks);

/// Runs the masked model on random inputs of two shapes: the given one, and two at once of another size. A model that takes no other
/// size is run on two of the given size, and one that takes a single input only on that. The same seed gives the same inputs. Errors:
/// P0504, P0703. Warning: P0707 where a model, not a detector, has to be compared by its layers.
Outcome<Expectation> expect(const Model& masked, const std::vector<std::int64_t>& input_shape, std::uint64_t seed = 20170822);

/// Runs the sliced model on the same inputs and compares every output; by layers, also every layer whose width stays, such as all levels of
/// a detector's pyramid and all that its heads say. Errors: P0701, P0702.
Outcome<VerificationReport> verify(const Model& sliced, const Expectation& expectation, double tolerance);

}  // namespace prunec
