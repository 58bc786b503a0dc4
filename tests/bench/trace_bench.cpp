// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// How long it takes to read the coupling off a model, beside one forward pass of it: networks of a thousand to a million channels, deep or
// wide, and any model files named on the command line. Writes a table.
//
//     trace_bench [HxW MODEL.pt ...]

#include <ATen/ATen.h>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "runtime/channels/channel_classes.h"
#include "runtime/model/model.h"
#include "runtime/trace/propagate.h"
#include "tests/bench/stopwatch.h"
#include "tests/support/script_model.h"

namespace prunec {
namespace {

/// Residual blocks of two layers each.
test::ScriptModel deep(std::int64_t blocks, std::int64_t width) {
  test::ScriptModel model;
  std::string body = "  x = torch.relu(self.stem_norm(self.stem(x)))\n";
  model.conv("stem", 3, width).norm("stem_norm", width).conv("c0", width, width, 1).norm("n0", width);
  for (std::int64_t i = 0; i < 2 * blocks; ++i) {
    const std::string number = std::to_string(i);
    if (i > 0) model.another("c" + number, "c0").another("n" + number, "n0");
    if (i % 2 == 0) body += "  y = torch.relu(self.n" + number + "(self.c" + number + "(x)))\n";
    if (i % 2 == 1) body += "  x = torch.relu(self.n" + number + "(self.c" + number + "(y)) + x)\n";
  }
  model.linear("fc", width, 10).forward(body + "  return self.fc(torch.flatten(torch.adaptive_avg_pool2d(x, [1, 1]), 1))\n");
  return model;
}

/// Depthwise layers of a given width between a narrow beginning and a narrow end, with a shuffle and a concatenation.
test::ScriptModel wide(std::int64_t width) {
  test::ScriptModel model;
  model.conv("stem", 3, width, 1).norm("stem_norm", width).conv("last", 2 * width, 4, 1);
  std::string body = "  x = torch.relu(self.stem_norm(self.stem(x)))\n";
  for (const std::string i : {"0", "1", "2", "3", "4", "5", "6"}) {
    model.conv("c" + i, width, width, 3, width).norm("n" + i, width);
    body += "  x = torch.relu(self.n" + i + "(self.c" + i + "(x)) + x)\n";
  }
  model.forward(body + "  y = torch.channel_shuffle(x, 2)\n  return self.last(torch.cat([x, y], 1))\n");
  return model;
}

struct Row {
  std::string name;
  std::vector<std::int64_t> input;
};

void measure(const Row& row, const Model& model) {
  const auto first = model.trace(row.input);
  if (!first) {
    std::printf("| %s | does not run: %s |\n", row.name.c_str(), first.diagnostics.front().message.c_str());
    return;
  }
  const ChannelGraph graph = propagate(*first);
  const double trace = bench::quickest([&] { (void)model.trace(row.input); });
  const double follow = bench::quickest([&] { (void)propagate(*first); });
  const double classes = bench::quickest([&] { (void)classes_of(graph); });
  const at::Tensor input = at::randn(row.input);
  const double forward = bench::quickest([&] { (void)model.run_compiled(input); });
  std::printf("| %s | %zu | %zu | %.1f | %.1f | %.1f | %.1f | %.2f |\n", row.name.c_str(), graph.channel_count, first->operations.size(),
              1e3 * forward, 1e3 * trace, 1e3 * follow, 1e3 * classes, (trace + follow + classes) / forward);
  std::fflush(stdout);
}

}  // namespace
}  // namespace prunec

int main(int count, char** arguments) {
  using namespace prunec;
  std::printf(
      "| network | channels | operations | forward, ms | run and record, ms | follow, ms | classes, ms | all by forward |\n"
      "| --- | --- | --- | --- | --- | --- | --- | --- |\n");
  if (count > 2) {
    const std::string size = arguments[1];
    const auto cross = size.find('x');
    const std::vector<std::int64_t> input{1, 3, std::stoll(size.substr(0, cross)), std::stoll(size.substr(cross + 1))};
    for (int i = 2; i < count; ++i) {
      const std::string path = arguments[i];
      std::ifstream file(path, std::ios::binary);
      const auto model = Model::read(path, std::string(std::istreambuf_iterator<char>(file), {}));
      const std::string name = path.substr(path.rfind('/') + 1);
      if (model) measure({name.substr(0, name.rfind('.')), input}, *model);
    }
    return 0;
  }
  for (const std::int64_t blocks : {5, 50, 500, 5000}) {
    measure({"deep, 100 channels wide", {1, 3, 8, 8}}, deep(blocks, 100).read());
  }
  for (const std::int64_t width : {64, 640, 6400, 64000}) {
    measure({"wide, 8 layers and a shuffle", {1, 3, 8, 8}}, wide(width).read());
  }
  return 0;
}
