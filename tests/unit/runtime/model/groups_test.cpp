// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/groups.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "runtime/model/model.h"
#include "tests/support/script_model.h"

namespace prunec {
namespace {

using test::ScriptModel;

/// Three depthwise convolutions of one class; the third stays as it is.
ScriptModel three_depthwise() {
  ScriptModel model;
  model.conv("a", 6, 6, 3, 6).another("b", "a").another("c", "a");
  model.forward("  return self.a(x[:, 0:2]), self.b(x[:, 0:3]), self.c(x)\n");
  return model;
}

const std::vector<TensorEdit> kTensors{{"a.weight", 0, {0, 1}}, {"b.weight", 0, {3, 4, 5}}};

void expect_depthwise(const Model& model) {
  const at::Tensor x = at::randn({1, 6, 5, 5});
  const auto outputs = model.run_compiled(x);
  ASSERT_TRUE(outputs) << outputs.diagnostics.front().notes.front().text;
  const auto depthwise = [&](const char* key, std::int64_t n) {
    return at::conv2d(x.narrow(1, 0, n), model.tensor(key), {}, 1, {1, 1}, 1, n);
  };
  EXPECT_TRUE(at::equal((*outputs)[0], depthwise("a.weight", 2)));
  EXPECT_TRUE(at::equal((*outputs)[1], depthwise("b.weight", 3)));
  EXPECT_TRUE(at::equal((*outputs)[2], depthwise("c.weight", 6)));
}

TEST(Groups, SetsEachInstanceApart) {
  ScriptModel script = three_depthwise();
  Model model = script.read();
  ASSERT_TRUE(model.apply({kTensors, {{"a", "groups", 6, 2}, {"b", "groups", 6, 3}}}).empty());
  const auto reloaded = Model::read("reloaded.pt", model.serialise());
  ASSERT_TRUE(reloaded);
  expect_depthwise(*reloaded);
  expect_depthwise(model);
}

TEST(Groups, CanBeSetAgainOnAReloadedModel) {
  ScriptModel script = three_depthwise();
  Model model = script.read();
  ASSERT_TRUE(model.apply({{}, {{"a", "groups", 6, 4}}}).empty());
  auto reloaded = Model::read("reloaded.pt", model.serialise());
  ASSERT_TRUE(reloaded);
  ASSERT_TRUE(reloaded->apply({kTensors, {{"a", "groups", 4, 2}, {"b", "groups", 6, 3}}}).empty());
  const auto twice = Model::read("twice.pt", reloaded->serialise());
  ASSERT_TRUE(twice);
  expect_depthwise(*twice);
}

TEST(Groups, EqualEditsShareOneNewClass) {
  ScriptModel script = three_depthwise();
  ASSERT_TRUE(set_groups(script.module(), {{"a", "groups", 6, 2}, {"b", "groups", 6, 2}}).empty());
  const auto type = [&](const char* name) { return script.module().attr(name).toModule().type(); };
  EXPECT_EQ(type("a"), type("b"));
  EXPECT_NE(type("a"), type("c"));
}

TEST(Groups, RefusesACountThatIsNotInTheCode) {
  ScriptModel script = three_depthwise();
  const Diagnostics diagnostics = set_groups(script.module(), {{"a", "groups", 5, 2}});
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics[0].code, Code::kP0704);
  EXPECT_EQ(std::get<LayerPlace>(diagnostics[0].place).path, "a");
}

}  // namespace
}  // namespace prunec
