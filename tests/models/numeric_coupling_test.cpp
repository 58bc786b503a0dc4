// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The coupling found a second time, by numbers alone. Every layer that mixes channels gets weights of zero, so that what it makes no
/// longer depends on what it reads. Then the shift of one channel of one norm is changed: those inputs of layers that change as well read
/// this channel. Two channels read by one input are the same for pruning.

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <numeric>
#include <torch/csrc/jit/ir/ir.h>

#include "runtime/channels/channel_classes.h"
#include "runtime/model/interpreter.h"
#include "runtime/model/model.h"
#include "runtime/trace/propagate.h"
#include "runtime/trace/selections.h"
#include "tests/models/random_network.h"
#include "tests/models/random_runs.h"

namespace prunec {
namespace {

bool is_convolution(const torch::jit::Node& node) {
  return node.kind() == c10::aten::conv1d || node.kind() == c10::aten::conv2d || node.kind() == c10::aten::conv_transpose2d;
}

/// All layers with weights but depthwise convolutions.
bool mixes_channels(const torch::jit::Node& node, const std::vector<RunValue>& inputs) {
  if (node.kind() == c10::aten::linear) return true;
  if (!is_convolution(node)) return false;
  const std::int64_t groups = inputs[6].value.toInt();
  return groups == 1 || groups < inputs[0].value.toTensor().size(1);
}

/// What every layer that mixes channels reads, in order.
class Readings : public OperationObserver {
 public:
  void operation(const torch::jit::Node& node, const CodeSite&, const std::vector<RunValue>& inputs,
                 const std::vector<c10::IValue>&) override {
    if (!mixes_channels(node, inputs)) return;
    weights.push_back(inputs[1].value.toTensor().unsafeGetTensorImpl());
    read.push_back(inputs[0].value.toTensor().clone());
  }
  std::vector<const void*> weights;  ///< of the same layer in all its calls
  std::vector<at::Tensor> read;
};

/// Zeroes the weights of mixing layers; the others' are made positive, so that nothing cancels out.
class Silencer : public OperationObserver {
 public:
  void operation(const torch::jit::Node& node, const CodeSite&, const std::vector<RunValue>& inputs,
                 const std::vector<c10::IValue>&) override {
    if (node.kind() != c10::aten::linear && !is_convolution(node)) return;
    at::Tensor weight = inputs[1].value.toTensor();
    mixes_channels(node, inputs) ? weight.zero_() : weight.abs_().add_(0.1);
  }
};

struct NormChannel {
  at::Tensor shift;
  std::int64_t position;
  ChannelId id;
};

/// Gives the norms numbers that no activation flattens. Returns their channels but for those that are pinned: what is pinned may be mixed
/// with others, as in attention, so that it shows in all of them.
std::vector<NormChannel> calm_norms(const torch::jit::Module& module, const ChannelGraph& graph, const ChannelClasses& classes) {
  std::vector<bool> pinned(classes.count, false);
  for (const Pin& pin : graph.pins) {
    for (const ChannelId id : pin.ids) pinned[classes.class_of[id]] = true;
  }
  std::map<std::string, at::Tensor> tensors;
  for (const auto& parameter : module.named_parameters()) tensors[parameter.name] = parameter.value;
  for (const auto& buffer : module.named_buffers()) tensors[buffer.name] = buffer.value;
  for (auto& [name, tensor] : tensors) {
    if (name.find('.') == std::string::npos) tensor.abs_().add_(0.1);  // the model's own, which it computes with
  }
  std::vector<NormChannel> channels;
  for (const NormSite& norm : graph.norms) {
    if (!norm.has_scale()) continue;
    tensors.at(norm.scale).fill_(0.1);
    tensors.at(norm.shift).uniform_(0.5, 1);
    for (std::size_t i = 0; i < norm.ids.size(); ++i) {
      if (norm.ids[i] != kNoChannel && !pinned[classes.class_of[norm.ids[i]]])
        channels.push_back({tensors.at(norm.shift), static_cast<std::int64_t>(i), norm.ids[i]});
    }
  }
  return channels;
}

using Input = std::pair<const void*, std::int64_t>;  ///< the weight of a layer and one of the channels that it reads

std::vector<Input> changed_inputs(const Readings& before, const Readings& after) {
  std::vector<Input> changed;
  for (std::size_t layer = 0; layer < before.read.size(); ++layer) {
    const at::Tensor difference = (before.read[layer] - after.read[layer]).abs().transpose(0, 1).flatten(1).amax(1);
    for (std::int64_t input = 0; input < difference.size(0); ++input) {
      if (difference[input].item<double>() > 1e-12) changed.emplace_back(before.weights[layer], input);
    }
  }
  return changed;
}

TEST(NumericCoupling, AgreesWithTheChannelIds) {
  std::size_t pairs = 0, coupled = 0, unread = 0;
  const test::RandomRuns runs = test::random_runs(300);
  for (unsigned seed = runs.first; seed < runs.end(); ++seed) {
    constexpr test::Structure kStructures[] = {test::Structure::kPlain, test::Structure::kMoving, test::Structure::kAll};
    test::ScriptModel script = test::random_network(seed, kStructures[seed % 3]).script;
    ChannelGraph graph = propagate(*script.read().trace({1, 3, 8, 8}));
    // What a shuffle asks for lies not in the numbers, but in the shapes.
    graph = select_shuffles(graph, std::vector<bool>(graph.shuffles.size(), true));
    const ChannelClasses classes = classes_of(graph);

    const at::NoGradGuard no_gradients;
    torch::jit::Module& module = script.module();
    module.eval();
    module.to(at::kDouble);
    const std::vector<NormChannel> channels = calm_norms(module, graph, classes);
    Silencer silencer;
    interpret_forward(module, {at::randn({1, 3, 8, 8}, at::kDouble)}, &silencer);
    const at::Tensor input = at::randn({1, 3, 8, 8}, at::kDouble);
    const auto readings = [&] {
      Readings observer;
      interpret_forward(module, {input}, &observer);
      return observer;
    };
    const Readings before = readings();
    std::vector<std::size_t> component(channels.size());
    std::iota(component.begin(), component.end(), std::size_t{0});
    std::map<Input, std::size_t> reader;
    for (std::size_t c = 0; c < channels.size(); ++c) {
      at::Tensor shift = channels[c].shift[channels[c].position];
      const double original = shift.item<double>();
      shift.fill_(original + 0.3);
      for (const Input& at : changed_inputs(before, readings())) {
        const std::size_t other = component[reader.try_emplace(at, c).first->second], own = component[c];
        for (std::size_t& each : component) {
          if (each == own) each = other;
        }
      }
      shift.fill_(original);
    }
    for (std::size_t a = 0; a < channels.size(); ++a) {
      for (std::size_t b = a + 1; b < channels.size(); ++b) {
        const bool by_ids = classes.class_of[channels[a].id] == classes.class_of[channels[b].id];
        const bool by_numbers = component[a] == component[b];
        ASSERT_TRUE(by_ids || !by_numbers) << test::try_again(seed) << "channels " << a << " and " << b << " of the norms";
        // A sum of which no layer reads that channel afterwards leaves no trace in the readings.
        unread += by_ids && !by_numbers ? 1 : 0;
        ++pairs;
        coupled += by_ids ? 1 : 0;
      }
    }
  }
  std::cout << runs.count << " networks from seed " << runs.first << ": " << pairs << " pairs of channels, of which " << coupled
            << " are coupled by ids, " << unread << " of them in sums that no layer reads, or behind norms that undo a shift\n";
  if (runs.asked_for) return;
  EXPECT_LT(unread * 20, coupled);
  EXPECT_GT(coupled, runs.count);
}

}  // namespace
}  // namespace prunec
