"""What catalogus says of participants of joint tenders: the gemeenten behind them, and their inhabitants."""
