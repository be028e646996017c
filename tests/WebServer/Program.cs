using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Boreal.Tests.WebServer;

// A web server for tests: says who it is, waits, reads, burns and echoes as its clients ask, and ends as a good server does: at the
// stop signal it accepts no more, answers what it has, tells each kept connection, and goes when the last one is closed.
// Variables: VERSION is in its answers; LISTEN_AFTER_MS, until then it refuses; FAIL_HEALTH=1, its health check says no.
var time = TimeProvider.System;
var settings = Settings.FromEnvironment();
if (args is ["health"])
    return await HealthProbe.RunAsync(settings.Port);

using var stopping = new CancellationTokenSource();
using var stop = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stopping.Cancel();
});
try
{
    await Task.Delay(settings.ListenAfter, time, stopping.Token);
}
catch (OperationCanceledException)
{
    return 0;
}
using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
listener.Bind(new IPEndPoint(IPAddress.Any, settings.Port));
listener.Listen(512);
var connections = new List<Task>();
try
{
    while (true)
    {
        var accepted = await listener.AcceptAsync(stopping.Token);
        connections.RemoveAll(connection => connection.IsCompleted);
        connections.Add(new Connection(new NetworkStream(accepted, ownsSocket: true), settings, time, stopping.Token).ServeAsync());
    }
}
catch (OperationCanceledException)
{
    // What was accepted by the kernel only would be reset: it is answered too.
    while (listener.Poll(0, SelectMode.SelectRead))
        connections.Add(new Connection(new NetworkStream(listener.Accept(), ownsSocket: true), settings, time, stopping.Token).ServeAsync());
}
listener.Close();
await Task.WhenAll(connections);
return 0;
