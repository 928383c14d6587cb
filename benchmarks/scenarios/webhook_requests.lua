-- Sends the requests of a file, in which each is followed by NUL; its path is the first argument.
local requests, number = {}, 0

function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  for request in file:read("*a"):gmatch("([^%z]+)%z") do
    requests[#requests + 1] = request
  end
  file:close()
end

function request()
  number = number % #requests + 1
  return requests[number]
end
