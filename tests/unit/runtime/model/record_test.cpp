// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/record.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "tests/support/script_model.h"

namespace prunec {
namespace {

using test::ScriptModel;

OpTrace record(ScriptModel& model, const std::vector<std::int64_t>& shape) {
  return record_forward(model.module(), at::randn(shape));
}

TEST(Record, NamesOperationsModulesAndParameters) {
  ScriptModel model;
  model.conv("conv", 3, 4, 1).forward("  return torch.relu_(self.conv(x))\n");
  EXPECT_EQ(to_string(record(model, {1, 3, 2, 2})),
            "%2[1,4,2,2] = aten::conv2d(input=%0[1,3,2,2], weight=%1[4,3,1,1]{conv.weight}, bias=none, stride=[1, 1], padding=[0, 0], "
            "dilation=[1, 1], groups=1)  # conv\n"
            "%3[1,4,2,2] = aten::relu_(self=%2[1,4,2,2])\n");
}

TEST(Record, TellsWrittenNumbersFromComputedOnes) {
  ScriptModel model;
  model.forward("  return x.view(x.size(0), 12), x.view(-1, x.size(1) * 4)\n");
  EXPECT_EQ(to_string(record(model, {1, 3, 2, 2})),
            " = aten::size(self=%0[1,3,2,2], dim=0)\n"
            "%1[1,12] = aten::view(self=%0[1,3,2,2], size=[1*, 12])\n"
            " = aten::size(self=%0[1,3,2,2], dim=1)\n"
            "%2[1,12] = aten::view(self=%0[1,3,2,2], size=[-1, 12*])\n");
}

TEST(Record, LeavesOutWhatOnlyHandsATensorOn) {
  ScriptModel model;
  model.forward(
      "  parts = [x]\n"
      "  return parts[0].contiguous()\n");
  EXPECT_EQ(to_string(record(model, {1, 3, 2, 2})), "");
}

TEST(Record, MarksViewsAndWhatTheyView) {
  ScriptModel model;
  model.forward(
      "  y = x + 1\n"
      "  z = y[:, 0:2]\n"
      "  return y + 1, z\n");
  const OpTrace trace = record(model, {1, 3, 2, 2});
  EXPECT_TRUE(trace.values[trace.operations[0].results[0]].aliased);
  EXPECT_TRUE(trace.values[trace.operations[1].results[0]].aliased);
  EXPECT_FALSE(trace.values[trace.operations.back().results[0]].aliased);
}

}  // namespace
}  // namespace prunec
