# Passes a listening socket on to a program, as systemd does, and holds it while the program is restarted.
# Usage: hold-socket.py PROGRAM [ARGUMENT ...]; prints the port, restarts at each line of its standard input,
# and prints "restarted" when the new process runs.
import os
import signal
import socket
import sys

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(1024)


def start():
    pid = os.fork()
    if pid == 0:
        if listener.fileno() == 3:
            os.set_inheritable(3, True)
        else:
            os.dup2(listener.fileno(), 3)
        os.environ["LISTEN_PID"] = str(os.getpid())
        os.environ["LISTEN_FDS"] = "1"
        os.execv(sys.argv[1], sys.argv[1:])
    return pid


def end(pid):
    os.kill(pid, signal.SIGTERM)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


program = start()
print(listener.getsockname()[1], flush=True)
for _ in sys.stdin:
    status = end(program)
    program = start()
    print(f"restarted after status {status}", flush=True)
end(program)
