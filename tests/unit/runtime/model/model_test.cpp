// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/model.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "runtime/model/record.h"
#include "tests/support/script_model.h"

namespace prunec {
namespace {

using test::ScriptModel;

Code code_of(const std::string& bytes) {
  const auto model = Model::read("m.pt", bytes);
  EXPECT_FALSE(model);
  EXPECT_EQ(model.diagnostics.size(), 1U);
  EXPECT_FALSE(model.diagnostics.front().help.empty());
  return model.diagnostics.front().code;
}

TEST(Model, RefusesWhatIsNoModel) {
  EXPECT_EQ(code_of(""), Code::kP0501);
  EXPECT_EQ(code_of("just some text"), Code::kP0501);
  EXPECT_EQ(code_of(std::string("PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0a.txt", 35)), Code::kP0501);
  EXPECT_EQ(code_of(std::string("\x80\x02}q\x00.", 6)), Code::kP0503);
}

TEST(Model, RefusesEveryTruncation) {
  const std::string bytes = test::residual_network(4).bytes();
  for (const std::size_t length : {bytes.size() - 1, bytes.size() / 2, std::size_t{100}, std::size_t{4}}) {
    EXPECT_EQ(code_of(bytes.substr(0, length)), Code::kP0502) << length << " bytes";
  }
}

TEST(Model, SlicesInPlaceAndKeepsRoles) {
  ScriptModel script = test::residual_network(6);
  Model model = script.read();
  const at::Tensor before = model.tensor("conv1.weight").clone();
  ASSERT_TRUE(model.apply({{{"conv1.weight", 0, {0, 2, 5}}, {"bn1.running_mean", 0, {1}}}, {}}).empty());
  const at::Tensor after = model.tensor("conv1.weight");
  EXPECT_TRUE(at::equal(after, before.index_select(0, at::tensor({0, 2, 5}))));
  EXPECT_TRUE(after.requires_grad());
  EXPECT_EQ(model.tensor("bn1.running_mean").numel(), 1);
  const auto again = Model::read("again.pt", model.serialise());
  ASSERT_TRUE(again);
  EXPECT_TRUE(at::equal(again->tensor("conv1.weight"), after));
  EXPECT_TRUE(again->tensor("conv1.weight").requires_grad());
}

TEST(Model, KeepsSharedParametersShared) {
  ScriptModel script;
  script.conv("a", 4, 4, 1).same("b", "a").forward("  return self.b(self.a(x))\n");
  Model model = script.read();
  ASSERT_TRUE(model.apply({{{"a.weight", 0, {0, 1}}}, {}}).empty());
  EXPECT_TRUE(model.tensor("b.weight").is_same(model.tensor("a.weight")));
  EXPECT_EQ(model.tensor("b.weight").size(0), 2);
}

TEST(Model, RunsInEvaluationModeAndLeavesNoTrace) {
  ScriptModel script;
  script.norm("bn", 3).forward("  return self.bn(x)\n");
  const Model model = script.read();
  const at::Tensor mean = model.tensor("bn.running_mean").clone();
  const at::Tensor input = at::randn({4, 3, 5, 5});
  const auto outputs = model.run(input);
  ASSERT_TRUE(outputs);
  const at::Tensor expected = at::batch_norm(input, model.tensor("bn.weight"), model.tensor("bn.bias"), mean,
                                             model.tensor("bn.running_var"), false, 0.1, 1e-5, false);
  EXPECT_TRUE(at::equal(outputs->front(), expected));
  EXPECT_TRUE(at::equal(model.tensor("bn.running_mean"), mean));
}

TEST(Model, RestoresStatisticsOfAModelThatAlwaysTrains) {
  ScriptModel script;
  script.norm("bn", 3).forward(
      "  return torch.batch_norm(x, None, None, self.bn.running_mean, self.bn.running_var, True, 0.1, 0.1, False)\n");
  const Model model = script.read();
  const at::Tensor mean = model.tensor("bn.running_mean").clone();
  ASSERT_TRUE(model.run(at::randn({4, 3, 5, 5})));
  EXPECT_TRUE(at::equal(model.tensor("bn.running_mean"), mean));
}

TEST(Model, SaysWhyItDoesNotRun) {
  ScriptModel script;
  script.linear("fc", 8, 2).forward("  return self.fc(x)\n");
  const auto trace = script.read().trace({1, 7});
  ASSERT_FALSE(trace);
  const Diagnostic& diagnostic = trace.diagnostics.front();
  EXPECT_EQ(diagnostic.code, Code::kP0504);
  ASSERT_EQ(diagnostic.notes.size(), 1U);
  EXPECT_EQ(diagnostic.notes[0].text.find('\n'), std::string::npos);
  EXPECT_NE(diagnostic.notes[0].text.find("shapes cannot be multiplied"), std::string::npos);
}

TEST(Model, CountsSharedTensorsOnce) {
  ScriptModel script;
  script.conv("a", 4, 4, 1).same("b", "a").forward("  return self.b(self.a(x))\n");
  EXPECT_EQ(script.read().parameter_count(), 16);
}

}  // namespace
}  // namespace prunec
