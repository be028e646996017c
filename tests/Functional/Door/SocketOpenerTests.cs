using System.Net.Sockets;
using Boreal.Daemon.Configuration;
using Boreal.Daemon.Hosting;
using Boreal.Daemon.Listening;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Functional.Door;

public sealed class SocketOpenerTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Open_UnixSocket_IsForOwnerAndGroupOnly()
    {
        var path = _directory.File("b.sock");

        using var socket = Opened(path);

        var mode = File.GetUnixFileMode(path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, mode);
    }

    [Fact]
    public void Open_SocketLeftByADeadDaemon_TakesItsPlace()
    {
        var path = _directory.File("b.sock");
        using (Opened(_directory.File("other.sock")))
        {
            // Out of its owner's reach, so that closing leaves it as a killed process would.
            File.Move(_directory.File("other.sock"), path);
        }

        using var again = Opened(path);

        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(path));
        Assert.True(client.Connected);
    }

    [Fact]
    public void Open_SocketOfALivingProcess_IsRefused()
    {
        var path = _directory.File("b.sock");
        using var living = Opened(path);

        var refused = Assert.Throws<ConfigurationException>(() => Opened(path));

        Assert.Contains("another process listens", refused.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(path));
    }

    [Theory]
    [InlineData("fd://", "systemd")]
    [InlineData("tcp://nowhere", "tcp://address:port")]
    public void Open_WhatIsNotThere_SaysSo(string host, string hint)
    {
        var options = new DaemonOptions { Hosts = [host] };

        Assert.Contains(hint, Assert.Throws<ConfigurationException>(() => SocketOpener.Open(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PathTooLongForASocket_SaysSo()
    {
        var options = new DaemonOptions { Hosts = [$"unix://{_directory.File(new string('x', 120))}"] };

        Assert.Contains("longer than 107", Assert.Throws<ConfigurationException>(() => SocketOpener.Open(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RootsLock_HeldByAnother_RefusesEitherRoot()
    {
        var options = new DaemonOptions { DataRoot = _directory.File("data"), ExecRoot = _directory.File("exec") };
        using (RootsLock.Take(options))
        {
            Assert.Contains("another boreald uses", Assert.Throws<ConfigurationException>(() => RootsLock.Take(options with { ExecRoot = _directory.File("exec2") })).Message, StringComparison.Ordinal);
            Assert.Throws<ConfigurationException>(() => RootsLock.Take(options with { DataRoot = _directory.File("data2") }));
        }

        RootsLock.Take(options).Dispose();
    }

    private Socket Opened(string path) =>
        SocketOpener.Open(new DaemonOptions { Hosts = [$"unix://{path}"], Group = "no-such-group", ExecRoot = _directory.Path }).Single().Socket;
}
