// Loaded before a program: when the script that started it is killed, their channel breaks and the program
// is asked to stop, instead of living on unseen with the port and the data folder.
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
