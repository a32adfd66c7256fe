"""One step of an optimizer for all parameters at once, in place, by PyTorch's fused functions."""
from typing import List, NamedTuple

import torch
from torch import Tensor

from backward import gradient_of


def gradients_of(parameters: List[Tensor]) -> List[Tensor]:
    """Those that there are."""
    gradients: List[Tensor] = []
    for parameter in parameters:
        gradient = gradient_of(parameter)
        if gradient is not None:
            gradients.append(gradient)
    return gradients


class State(NamedTuple):
    """The parameters that have gradients, and what the optimizer keeps for each: the moving averages of the gradient and its square."""
    parameters: List[Tensor]
    gradients: List[Tensor]
    averages: List[Tensor]
    squares: List[Tensor]
    has_gradient: List[bool]  # for each of all parameters


def state_of(parameters: List[Tensor], averages: List[Tensor], squares: List[Tensor]) -> State:
    has_gradient = [gradient_of(parameter) is not None for parameter in parameters]
    return State(
        where(has_gradient, parameters), gradients_of(parameters), where(has_gradient, averages),
        where(has_gradient, squares), has_gradient)


def where(chosen: List[bool], tensors: List[Tensor]) -> List[Tensor]:
    some: List[Tensor] = []
    for tensor, is_chosen in zip(tensors, chosen):
        if is_chosen:
            some.append(tensor)
    return some


def step_tensors(state: State, step: float) -> List[Tensor]:
    """The number of the step, for each parameter."""
    number = torch.full([], step, device=state.parameters[0].device)
    return [number] * len(state.parameters)


def adamw(state: State, settings: Tensor):
    """Loshchilov and Hutter, "Decoupled Weight Decay Regularization" (2019)."""
    numbers: List[float] = settings.tolist()
    rate, beta1, beta2, epsilon, decay, step = numbers
    torch._fused_adamw_(
        state.parameters, state.gradients, state.averages, state.squares, [], step_tensors(state, step), lr=rate,
        beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)


def radam(state: State, settings: Tensor):
    """Names as in the paper: Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond" (2020)."""
    numbers: List[float] = settings.tolist()
    rate, beta1, beta2, epsilon, decay, step = numbers
    correction1, correction2 = 1 - beta1 ** step, 1 - beta2 ** step
    rho_limit = 2 / (1 - beta2) - 1
    rho = rho_limit - 2 * step * beta2 ** step / correction2
    least_rho = 5  # PyTorch's bound; the paper has 4
    if rho > least_rho:  # a step of Adam at another rate, whose epsilon comes before the correction
        r = ((rho - 4) * (rho - 2) * rho_limit / ((rho_limit - 4) * (rho_limit - 2) * rho)) ** 0.5
        torch._fused_adam_(
            state.parameters, state.gradients, state.averages, state.squares, [], step_tensors(state, step), lr=rate * r,
            beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon / correction2 ** 0.5, amsgrad=False, maximize=False)
    else:
        for parameter, gradient, average, square in zip(
                state.parameters, state.gradients, state.averages, state.squares):
            if decay != 0:
                gradient.add_(parameter, alpha=decay)
            average.lerp_(gradient, 1 - beta1)
            square.mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
            parameter.add_(average, alpha=-rate / correction1)


def step(parameters: List[Tensor], averages: List[Tensor], squares: List[Tensor], settings: Tensor, rectified: bool) -> Tensor:
    """One step of RAdam, or else of AdamW. Returns which parameters have gradients, a bool for each; these are zero then."""
    state = state_of(parameters, averages, squares)
    if any(state.has_gradient):
        with torch.no_grad():
            if rectified:
                radam(state, settings)
            else:
                adamw(state, settings)
            for gradient in state.gradients:
                gradient.zero_()
    return torch.tensor(state.has_gradient)
