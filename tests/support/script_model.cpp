// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/script_model.h"

#include <ATen/ATen.h>
#include <regex>
#include <set>
#include <sstream>
#include <torch/csrc/jit/frontend/resolver.h>
#include <torch/csrc/jit/frontend/sugared_value.h>

namespace prunec::test {

namespace {

at::Tensor random(const std::vector<std::int64_t>& shape) {
  return at::randn(shape);
}

/// Finds the functions of a model by their names.
class FunctionResolver : public torch::jit::NativeResolver {
 public:
  explicit FunctionResolver(std::shared_ptr<torch::jit::CompilationUnit> unit) : unit_(std::move(unit)) {}

  std::shared_ptr<torch::jit::SugaredValue> resolveValue(const std::string& name, torch::jit::GraphFunction& in,
                                                         const torch::jit::SourceRange& at) override {
    torch::jit::Function* function = unit_->find_function(c10::QualifiedName("__torch__", name));
    if (!function) return NativeResolver::resolveValue(name, in, at);
    return std::make_shared<torch::jit::FunctionValue>(torch::jit::StrongFunctionPtr(unit_, function));
  }

 private:
  std::shared_ptr<torch::jit::CompilationUnit> unit_;
};

}  // namespace

ScriptModel::ScriptModel()
    : unit_(std::make_shared<torch::jit::CompilationUnit>()), module_(c10::QualifiedName("__torch__", "Net"), unit_) {
  at::manual_seed(7);
  module_.register_attribute("training", c10::BoolType::get(), false);
}

torch::jit::Module ScriptModel::layer(const std::string& class_name) const {
  torch::jit::Module layer(c10::QualifiedName("__torch__", class_name), unit_, /*shouldMangle=*/true);
  layer.register_attribute("training", c10::BoolType::get(), true);
  return layer;
}

ScriptModel& ScriptModel::conv(const std::string& name, std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t groups,
                               bool bias) {
  torch::jit::Module child = layer("Conv");
  child.register_parameter("weight", random({out, in / groups, kernel, kernel}).requires_grad_(), false);
  if (bias) child.register_parameter("bias", random({out}).requires_grad_(), false);
  const std::string pad = std::to_string(kernel / 2);
  child.define("def forward(self, x):\n  return torch.conv2d(x, self.weight, " + std::string(bias ? "self.bias" : "None") + ", [1, 1], [" +
               pad + ", " + pad + "], [1, 1], " + std::to_string(groups) + ")\n");
  module_.register_module(name, child);
  return *this;
}

ScriptModel& ScriptModel::norm(const std::string& name, std::int64_t width) {
  torch::jit::Module child = layer("Norm");
  child.register_parameter("weight", random({width}).requires_grad_(), false);
  child.register_parameter("bias", random({width}).requires_grad_(), false);
  child.register_buffer("running_mean", random({width}));
  child.register_buffer("running_var", at::rand({width}) + 0.5);
  child.define(
      "def forward(self, x):\n"
      "  return torch.batch_norm(x, self.weight, self.bias, self.running_mean, self.running_var, self.training, 0.1, 0.00001, False)\n");
  module_.register_module(name, child);
  return *this;
}

ScriptModel& ScriptModel::frozen_norm(const std::string& name, std::int64_t width) {
  torch::jit::Module child = layer("FrozenNorm");
  for (const char* buffer : {"weight", "bias", "running_mean"}) child.register_buffer(buffer, random({width}));
  child.register_buffer("running_var", at::rand({width}) + 0.5);
  child.define(
      "def forward(self, x):\n"
      "  w = self.weight.reshape(1, -1, 1, 1)\n"
      "  b = self.bias.reshape(1, -1, 1, 1)\n"
      "  rv = self.running_var.reshape(1, -1, 1, 1)\n"
      "  rm = self.running_mean.reshape(1, -1, 1, 1)\n"
      "  scale = w * (rv + 0.00001).rsqrt()\n"
      "  bias = b - rm * scale\n"
      "  return x * scale + bias\n");
  module_.register_module(name, child);
  return *this;
}

ScriptModel& ScriptModel::linear(const std::string& name, std::int64_t in, std::int64_t out) {
  torch::jit::Module child = layer("Linear");
  child.register_parameter("weight", random({out, in}).requires_grad_(), false);
  child.register_parameter("bias", random({out}).requires_grad_(), false);
  child.define("def forward(self, x):\n  return torch.linear(x, self.weight, self.bias)\n");
  module_.register_module(name, child);
  return *this;
}

ScriptModel& ScriptModel::custom(const std::string& name, const std::map<std::string, std::vector<std::int64_t>>& parameters,
                                 const std::string& body) {
  torch::jit::Module child = layer("Custom");
  for (const auto& [parameter, shape] : parameters) child.register_parameter(parameter, random(shape).requires_grad_(), false);
  child.define("def forward(self, x):\n" + body);
  module_.register_module(name, child);
  return *this;
}

ScriptModel& ScriptModel::parameter(const std::string& name, const std::vector<std::int64_t>& shape) {
  module_.register_parameter(name, random(shape).requires_grad_(), false);
  return *this;
}

ScriptModel& ScriptModel::another(const std::string& name, const std::string& original) {
  const torch::jit::Module first = module_.attr(original).toModule();
  torch::jit::Module second(unit_, first.type());
  for (std::size_t i = 0; i < first.type()->numAttributes(); ++i) {
    const c10::IValue slot = first._ivalue()->getSlot(i);
    second._ivalue()->setSlot(
        i, slot.isTensor() ? c10::IValue(at::rand_like(slot.toTensor()).set_requires_grad(slot.toTensor().requires_grad())) : slot);
  }
  module_.register_module(name, second);
  return *this;
}

ScriptModel& ScriptModel::same(const std::string& name, const std::string& original) {
  module_.register_module(name, module_.attr(original).toModule());
  return *this;
}

ScriptModel& ScriptModel::function(const std::string& source) {
  unit_->define(c10::QualifiedName("__torch__"), source, torch::jit::nativeResolver(), nullptr);
  return *this;
}

ScriptModel& ScriptModel::forward(const std::string& body) {
  // In C++ a submodule is called by its method's name; sources read better without it.
  std::set<std::string> children;
  for (const auto& child : module_.named_children()) children.insert(child.name);
  static const std::regex kCall("self\\.(\\w+)\\(");
  std::string source;
  auto rest = body.cbegin();
  for (std::sregex_iterator call(body.cbegin(), body.cend(), kCall), end; call != end; ++call) {
    const bool is_child = children.contains((*call)[1].str());
    source.append(rest, (*call)[0].second - 1).append(is_child ? ".forward" : "");
    rest = (*call)[0].second - 1;
  }
  source.append(rest, body.cend());
  module_.define("def forward(self, x):\n" + source, std::make_shared<FunctionResolver>(unit_));
  return *this;
}

std::string ScriptModel::bytes() const {
  std::ostringstream stream;
  module_.save(stream);
  return std::move(stream).str();
}

Model ScriptModel::read() const {
  auto model = Model::read("memory.pt", bytes());
  TORCH_CHECK(model, "the test's own model cannot be read");
  return std::move(*model);
}

ScriptModel network_around(const std::string& expression, std::int64_t width) {
  ScriptModel model;
  model.conv("a", 3, 8).norm("na", 8).conv("b", width, 4).linear("fc", 4, 3).parameter("slope", {8});
  model.custom("mix", {{"weight", {8, 8}}}, "  return torch.linear(x, self.weight)\n");
  model.forward("  y = torch.relu(self.na(self.a(x)))\n  y = " + expression +
                "\n  return self.fc(torch.flatten(torch.adaptive_avg_pool2d(self.b(y), [1, 1]), 1))\n");
  return model;
}

ScriptModel residual_network(std::int64_t width) {
  ScriptModel model;
  model.conv("conv", 3, width).norm("bn", width);
  for (const std::string i : {"1", "2", "3", "4"}) model.conv("conv" + i, width, width).norm("bn" + i, width);
  model.linear("fc", width, 5);
  model.forward(
      "  x = torch.relu(self.bn(self.conv(x)))\n"
      "  y = torch.relu(self.bn1(self.conv1(x)))\n"
      "  x = torch.relu(self.bn2(self.conv2(y)) + x)\n"
      "  y = torch.relu(self.bn3(self.conv3(x)))\n"
      "  x = torch.relu(self.bn4(self.conv4(y)) + x)\n"
      "  return self.fc(torch.flatten(torch.adaptive_avg_pool2d(x, [1, 1]), 1))\n");
  return model;
}

}  // namespace prunec::test
