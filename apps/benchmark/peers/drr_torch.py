"""DRR with DDPG in PyTorch eager: the same update as `DrrAgent.learn` of @rl-recsys/drr makes by default."""

import torch
from torch import nn


class DrrAve(nn.Module):
    """[u, u * g, g] with g the masked mean of the items, each weighted by its position."""

    def __init__(self, history_size):
        super().__init__()
        self.position_weights = nn.Parameter(torch.ones(history_size))

    def forward(self, user, items, mask):
        weights = mask * self.position_weights
        average = torch.bmm(weights.unsqueeze(1), items).squeeze(1) / mask.sum(1, keepdim=True).clamp_(min=1)
        return torch.cat([user, user * average, average], 1)


def dense(inputs, outputs, last=False):
    layer = nn.Linear(inputs, outputs)
    bound = 3e-3 if last else (6 / inputs) ** 0.5
    nn.init.uniform_(layer.weight, -bound, bound)
    nn.init.zeros_(layer.bias)
    return layer


class Actor(nn.Module):
    def __init__(self, k, hidden):
        super().__init__()
        self.layers = nn.Sequential(
            *(dense(3 * k, hidden), nn.ReLU(), dense(hidden, hidden), nn.ReLU(), dense(hidden, k, last=True), nn.Tanh())
        )

    def forward(self, state):
        return self.layers(state)


class Critic(nn.Module):
    """A dense layer over the state, then two over it and the action, then the value."""

    def __init__(self, k, hidden):
        super().__init__()
        self.state = dense(3 * k, hidden)
        self.layers = nn.Sequential(
            *(dense(hidden + k, hidden), nn.ReLU(), dense(hidden, hidden), nn.ReLU(), dense(hidden, 1, last=True))
        )

    def forward(self, state, action):
        return self.layers(torch.cat([torch.relu(self.state(state)), action], 1)).squeeze(1)


class Networks(nn.Module):
    def __init__(self, k, history_size, hidden):
        super().__init__()
        self.encoder, self.actor, self.critic = DrrAve(history_size), Actor(k, hidden), Critic(k, hidden)


class Drr:
    """Online and target networks, and one update of them."""

    def __init__(self, users, items, history_size, hidden, tau=1e-3, actor_rate=1e-4, critic_rate=1e-3):
        self.users, self.items, self.tau = users, items, tau
        self.online = Networks(users.shape[1], history_size, hidden)
        self.target = Networks(users.shape[1], history_size, hidden).requires_grad_(False)
        self.target.load_state_dict(self.online.state_dict())
        actor, critic, encoder = self.online.actor, self.online.critic, self.online.encoder
        # `foreach` groups all parameters in few calls: the fastest of PyTorch's choices for small networks.
        self.actor_adam = torch.optim.Adam([*actor.parameters(), *encoder.parameters()], actor_rate, foreach=True)
        self.critic_adam = torch.optim.Adam(critic.parameters(), critic_rate, foreach=True)
        self.sources, self.followers = list(self.online.parameters()), list(self.target.parameters())

    def encode(self, networks, user, history):
        """Looks up the vectors, 0 at padding (-1), and makes a state of them."""
        mask = (history >= 0).float()
        return networks.encoder(self.users[user], self.items[history.clamp(min=0)], mask)

    def act(self, user, history):
        return self.online.actor(self.encode(self.online, user, history))

    def learn(self, user, history, action, reward, discount, next_history, weight):
        """Updates critic, actor, encoder and targets; the losses, and the TD errors as NumPy's array."""
        online, target = self.online, self.target
        with torch.no_grad():
            next_state = self.encode(target, user, next_history)
            goal = reward + discount * target.critic(next_state, target.actor(next_state))

        # Only the actor's update changes the encoder, so one state serves both, as a constant for the critic.
        state = self.encode(online, user, history)
        constant_state = state.detach()
        td_error = goal - online.critic(constant_state, action)
        critic_loss = (weight * td_error.square()).mean()
        self.critic_adam.zero_grad(set_to_none=True)
        critic_loss.backward()
        self.critic_adam.step()

        online.critic.requires_grad_(False)
        actor_loss = -online.critic(constant_state, online.actor(state)).mean()
        self.actor_adam.zero_grad(set_to_none=True)
        actor_loss.backward()
        self.actor_adam.step()
        online.critic.requires_grad_(True)

        with torch.no_grad():
            torch._foreach_mul_(self.followers, 1 - self.tau)
            torch._foreach_add_(self.followers, self.sources, alpha=self.tau)
        return critic_loss.item(), actor_loss.item(), td_error.detach().numpy()
