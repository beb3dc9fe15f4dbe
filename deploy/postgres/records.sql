-- The records of calls stand in a database of their own, so that they can be kept and restored by themselves.
CREATE DATABASE records OWNER guide;
