// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// classify MODEL < DIGITS: each line holds the 64 grey values of one 8x8 digit, 0 to 16; prints what the model takes each for.
#include <iostream>
#include <torch/script.h>
#include <vector>

int main(int argc, char** argv) {
  if (argc != 2) return std::cerr << "usage: classify MODEL < DIGITS\n", 2;
  try {
    torch::jit::Module model = torch::jit::load(argv[1]);
    model.eval();
    torch::InferenceMode no_gradients;

    std::vector<float> values;
    for (float value; std::cin >> value;) values.push_back(value / 16);
    const auto count = static_cast<std::int64_t>(values.size() / 64);
    const at::Tensor images = torch::from_blob(values.data(), {count, 1, 8, 8});
    const at::Tensor digits = model.forward({images}).toTensor().argmax(1);
    for (std::int64_t i = 0; i < count; ++i) std::cout << digits[i].item<std::int64_t>() << "\n";
  } catch (const c10::Error& error) {
    return std::cerr << error.what_without_backtrace() << "\n", 1;
  }
}
