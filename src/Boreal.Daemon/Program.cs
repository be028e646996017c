using System.Net.Sockets;
using Boreal.Daemon.Composition;
using Boreal.Daemon.Configuration;
using Boreal.Daemon.Connections;
using Boreal.Daemon.Http;

var options = new DaemonOptions();
var services = new ServiceCollection()
    .AddLogging()
    .AddSingleton(TimeProvider.System)
    .AddSingleton(options)
    .AddSingleton<RouteTable>()
    .AddSingleton<DoorApplication>()
    .AddEngine(options)
    .AddEndpoints();
await using var provider = (ServiceProvider)new DefaultServiceProviderFactory().CreateServiceProvider(services);
var routes = provider.GetRequiredService<RouteTable>();
foreach (var endpoints in provider.GetServices<IEndpoints>())
    endpoints.Map(routes);

var path = args is [var given, ..] ? given : "/run/boreal/boreal.sock";
File.Delete(path);
using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
socket.Bind(new UnixDomainSocketEndPoint(path));
socket.Listen(128);
using var server = new DoorServer([new ListeningEndPoint(socket, "unix://" + path, null)], provider.GetRequiredService<ILoggerFactory>());
await server.StartAsync(provider.GetRequiredService<DoorApplication>(), CancellationToken.None);
await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
return 0;
