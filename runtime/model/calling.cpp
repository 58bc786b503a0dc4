// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/calling.h"

#include <algorithm>

namespace prunec {

namespace {

/// The same kind of value as `sizes` (a number, or a tuple or list of them) that names `size` throughout; none for other kinds.
std::optional<c10::IValue> with_size(const c10::IValue& sizes, std::int64_t size) {
  if (sizes.isInt()) return c10::IValue(size);
  if (sizes.isIntList()) return c10::IValue(std::vector<std::int64_t>(sizes.toIntVector().size(), size));
  if (!sizes.isTuple()) return std::nullopt;
  const auto& elements = sizes.toTupleRef().elements();
  if (!std::all_of(elements.begin(), elements.end(), [](const c10::IValue& element) { return element.isInt(); })) return std::nullopt;
  return c10::IValue(c10::ivalue::Tuple::create(std::vector<c10::IValue>(elements.size(), c10::IValue(size))));
}

}  // namespace

bool takes_image_list(const torch::jit::Module& model) {
  const auto& arguments = model.get_method("forward").function().getSchema().arguments();
  if (arguments.size() < 2) return false;
  const auto list = arguments[1].type()->cast<c10::ListType>();
  return list && list->getElementType()->kind() == c10::TypeKind::TensorType;
}

c10::IValue argument_for(const torch::jit::Module& model, const at::Tensor& batch) {
  if (!takes_image_list(model)) return batch;
  c10::List<at::Tensor> images;
  for (std::int64_t i = 0; i < batch.size(0); ++i) images.push_back(batch[i]);
  return images;
}

OwnImageSize::OwnImageSize(const torch::jit::Module& model, const at::Tensor& batch) {
  if (!takes_image_list(model) || batch.dim() != 4 || !model.hasattr("transform")) return;
  const c10::IValue transform = model.attr("transform");
  if (!transform.isModule() || !transform.toModule().hasattr("min_size")) return;
  min_size_ = transform.toModule().attr("min_size");
  const auto own = with_size(min_size_, std::min(batch.size(2), batch.size(3)));
  if (!own) return;
  transform_ = transform.toModule();
  transform_->_ivalue()->setAttr("min_size", *own);
}

OwnImageSize::~OwnImageSize() {
  if (transform_) transform_->_ivalue()->setAttr("min_size", min_size_);
}

}  // namespace prunec
