-- What all examples work on, in words that PostgreSQL and MariaDB share.
CREATE TABLE products (name VARCHAR(80) PRIMARY KEY, stock INT NOT NULL);
CREATE TABLE orders (id SERIAL PRIMARY KEY, product VARCHAR(80) NOT NULL, quantity INT NOT NULL, shipped BOOLEAN NOT NULL DEFAULT FALSE);
INSERT INTO products VALUES ('pen', 1000), ('ink', 0);
