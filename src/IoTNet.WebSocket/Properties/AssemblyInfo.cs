#if NANOFRAMEWORK_1_0
// Written by 'nano-surface sync'. On the desktop the .csproj generates these attributes.
using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("IoTNet.WebSocket")]
[assembly: AssemblyCompany("IoTNet")]
[assembly: AssemblyProduct("IoTNet")]
[assembly: AssemblyCopyright("Copyright (c) the IoTNet authors")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
[assembly: AssemblyInformationalVersion("0.1.0")]
[assembly: InternalsVisibleTo("IoTNet.SocketIO.Server")]
[assembly: InternalsVisibleTo("IoTNet.WebSocket.Client")]
[assembly: InternalsVisibleTo("IoTNet.WebSocket.Server")]
#endif
