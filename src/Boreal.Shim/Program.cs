using Boreal.Linux.Descriptors;
using Boreal.Linux.Processes;
using Boreal.Linux.Syscalls;
using Boreal.Shim.Connections;
using Boreal.Shim.Containers;
using Boreal.Shim.Loop;
using Boreal.Shim.Runtime;
using Boreal.ShimWire;
using Boreal.ShimWire.Messages;

namespace Boreal.Shim;

/// <summary>boreal-shim DIRECTORY: started by boreald with a listening socket and a control connection, SIGCHLD blocked.</summary>
internal static class Program
{
    private const int WrongUse = 2;

    private static int Main(string[] arguments)
    {
        if (arguments is not [['/', ..] directory] || Paths.TryReadSmall($"{directory}/{ShimFiles.Launch}") is not { } bytes)
        {
            FileDescriptor.Borrow(2).WriteAll("boreal-shim keeps one container; boreald starts it, with the container's state directory as its argument\n"u8);
            return WrongUse;
        }

        Children.BecomeSubreaper();
        var loop = new EventLoop();
        var host = new ContainerHost(loop, new ChildReaper(loop), LaunchMessage.Parse(bytes), new StateDirectory(directory));
        _ = new Listener(loop, FileDescriptor.Adopt(ShimFiles.ListenerDescriptor), host);
        host.AddControl(FileDescriptor.Adopt(ShimFiles.ControlDescriptor));
        loop.Run();
        return 0;
    }
}
