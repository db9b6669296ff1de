UPDATE remote_inway SET since_generation = NULL;
