"""The normal distribution: quantiles, and how much of a demand a level is expected to miss."""

from statistics import NormalDist

STANDARD = NormalDist()
_STEPS = 200
_FAR = 40.0


def quantile(probability: float) -> float:
    """How many standard deviations above the mean cover a demand with so much probability."""
    return STANDARD.inv_cdf(probability)


def loss(z: float) -> float:
    """E[(Z - z)+]: what is missed on average at a level z standard deviations above the mean."""
    return STANDARD.pdf(z) - z * (1 - STANDARD.cdf(z))


def complementary_loss(z: float) -> float:
    """E[(z - Z)+]: what is left over on average."""
    return z + loss(z)


def z_of_loss(wanted: float) -> float:
    """The z whose loss is so much; the loss falls as z grows, so that halving finds it."""
    low, high = -_FAR, _FAR
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if loss(middle) > wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2
