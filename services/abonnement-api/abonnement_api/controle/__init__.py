"""Whether all that always holds, holds: the command `controleer`."""
